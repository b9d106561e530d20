"""`python3 /opt/ml/code/preprocess.py --input-data …`: the processing step."""

from kit.processing import prepare

if __name__ == "__main__":
    prepare()

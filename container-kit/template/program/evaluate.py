"""`python3 /opt/ml/code/evaluate.py`: the evaluation step."""

from kit.processing import evaluate

if __name__ == "__main__":
    evaluate()

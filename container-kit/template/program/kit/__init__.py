"""The programs' own package: everything that SageMaker asks of a container, so that code/model.py need not know."""

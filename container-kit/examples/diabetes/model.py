"""Progression of diabetes from ten measurements: scikit-learn's own data set, trained epoch by epoch so that an interruption costs one."""

import json

import joblib
import numpy as np
from sklearn.linear_model import SGDRegressor
from sklearn.preprocessing import StandardScaler

MODEL = "model.joblib"


def fit(job):
    data = read_channel(job, "train")
    features, target = data[:, 1:], data[:, 0]
    scaler = StandardScaler().fit(features)
    model = SGDRegressor(eta0=job.hyperparameter("learning-rate", 0.01), random_state=0)
    epochs, done = job.hyperparameter("epochs", 50), resume(job, model, scaler.transform(features[:1]))
    held_back = read_channel(job, "validation") if "validation" in job.channels else data
    while done < epochs and not job.stopping:
        model.partial_fit(scaler.transform(features), target)
        done += 1
        job.metric("validation:mse", mse(model, scaler, held_back))
        job.save_checkpoint({"epoch": done, "weights": model.coef_.tolist(), "bias": model.intercept_.tolist(), "steps": model.t_})
    joblib.dump({"scaler": scaler, "model": model}, job.model_dir / MODEL)


def load(folder):
    return joblib.load(folder / MODEL)


def predict(model, rows):
    features = np.array(rows, dtype=float)
    return model["model"].predict(model["scaler"].transform(features))


def resume(job, model, any_row):
    """Takes up what an interrupted job has left; gives the epochs that are done."""
    state = job.load_checkpoint()
    if state is None:
        return 0
    model.partial_fit(any_row, [0.0])  # makes the fields that the checkpoint fills
    model.coef_, model.intercept_, model.t_ = np.array(state["weights"]), np.array(state["bias"]), state["steps"]
    print(f"resumed after epoch {state['epoch']}: {json.dumps(state['bias'])}", flush=True)
    return state["epoch"]


def read_channel(job, name):
    files = sorted(job.channel(name).glob("*.csv"))
    rows = [np.loadtxt(file, delimiter=",", ndmin=2) for file in files]
    if sum(map(len, rows)) == 0:
        raise ValueError(f"the channel {name} holds no rows")
    return np.concatenate(rows)


def mse(model, scaler, data):
    return float(np.mean((model.predict(scaler.transform(data[:, 1:])) - data[:, 0]) ** 2))

"""What Gunicorn imports in each worker."""

import threading

from predictor import create_app, models

app = create_app()

# Not in the importing thread: a worker that takes long to import is killed by Gunicorn.
threading.Thread(target=models.warm, daemon=True).start()

"""What Gunicorn imports in each worker."""

from kit import settings
from predictor import create_app

app = create_app(settings.read())

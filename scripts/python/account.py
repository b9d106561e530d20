"""Where the emulator is: an account without anything in it."""
import os

import boto3
from values import ACCOUNT, REGION


def enter():
    """Real credentials and configuration must not be looked for, let alone used."""
    for name in [name for name in os.environ if name.startswith('AWS_')]:
        del os.environ[name]
    os.environ.update(AWS_ACCESS_KEY_ID='emulated', AWS_SECRET_ACCESS_KEY='emulated', AWS_DEFAULT_REGION=REGION, AWS_EC2_METADATA_DISABLED='true',
                      AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull, MOTO_ACCOUNT_ID=ACCOUNT)


def client(service):
    return boto3.client(service, region_name=REGION)

from aws_cdk import App, Stack
from aws_cdk.assertions import Annotations, Match, Template
from cdk_ml_patterns import (
    ComplianceEnforcement, ComplianceException, ComplianceOptions, InferenceEndpoint, InferenceModel, SageMakerImage,
)


def churn(context=None, compliance=None) -> Stack:
    """An endpoint whose container reaches the network: a finding."""
    stack = Stack(App(context=context), "Churn")
    model = InferenceModel.from_container(image=SageMakerImage.from_uri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1"))
    InferenceEndpoint(stack, "Endpoint", model=model, network_isolation=False, compliance=compliance)
    return stack


def test_a_finding_which_fails():
    Template.from_stack(churn())


def test_switched_off_for_one_test():
    Template.from_stack(churn({"cdk-ml-patterns:compliance": "off"})).resource_count_is("AWS::SageMaker::Endpoint", 1)


def test_reported_only():
    stack = churn(compliance=ComplianceOptions(enforcement=ComplianceEnforcement.REPORT))
    assert len(Annotations.from_stack(stack).find_warning("*", Match.string_like_regexp("ML-SM1"))) == 1


def test_accepted_with_a_reason():
    reason = "It asks a licence server"
    exceptions = [ComplianceException(rule="ML-SM1", reason=reason), ComplianceException(rule="ML-SM2", reason=reason)]
    Template.from_stack(churn(compliance=ComplianceOptions(exceptions=exceptions)))

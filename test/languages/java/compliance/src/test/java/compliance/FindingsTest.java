package compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.cdkmlpatterns.ComplianceEnforcement;
import io.github.cdkmlpatterns.ComplianceException;
import io.github.cdkmlpatterns.ComplianceOptions;
import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.SageMakerImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

class FindingsTest {
  /** An endpoint whose container reaches the network: a finding. */
  private static Stack churn(final Map<String, Object> context, final ComplianceOptions compliance) {
    Stack stack = new Stack(new App(AppProps.builder().context(context).build()), "Churn");
    SageMakerImage image = SageMakerImage.fromUri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1");
    InferenceEndpoint.Builder.create(stack, "Endpoint")
        .model(InferenceModel.fromContainer(ContainerModelOptions.builder().image(image).build()))
        .networkIsolation(false)
        .compliance(compliance)
        .build();
    return stack;
  }

  private static ComplianceException exception(final String rule) {
    return ComplianceException.builder().rule(rule).reason("It asks a licence server").build();
  }

  @Test
  void findingWhichFails() {
    Template.fromStack(churn(Map.of(), null));
  }

  @Test
  void switchedOffForOneTest() {
    Template.fromStack(churn(Map.of("cdk-ml-patterns:compliance", "off"), null)).resourceCountIs("AWS::SageMaker::Endpoint", 1);
  }

  @Test
  void reportedOnly() {
    Stack stack = churn(Map.of(), ComplianceOptions.builder().enforcement(ComplianceEnforcement.REPORT).build());
    assertEquals(1, Annotations.fromStack(stack).findWarning("*", Match.stringLikeRegexp("ML-SM1")).size());
  }

  @Test
  void acceptedWithReason() {
    Template.fromStack(churn(Map.of(), ComplianceOptions.builder().exceptions(List.of(exception("ML-SM1"), exception("ML-SM2"))).build()));
  }
}

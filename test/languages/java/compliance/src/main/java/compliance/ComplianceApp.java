package compliance;

import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.Hosting;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.MlSecurityChecks;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import io.github.cdkmlpatterns.SageMakerImage;
import io.github.cdkmlpatterns.ServerlessHostingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.amazon.awscdk.cloudformation.include.CfnInclude;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.sagemaker.CfnModel;

public final class ComplianceApp {
  private static final String WAY_OUT = ".compliance(ComplianceOptions.builder().exceptions(List.of("
      + "ComplianceException.builder().rule(\"ML-S3[BucketEncryption]\").reason(\"...\").build())).build())";

  private ComplianceApp() {}

  /** An app that CDK does not synthesise by itself when the program ends. */
  private static App badApp() {
    return new App(AppProps.builder().autoSynth(false).outdir("bad.out").build());
  }

  /** Takes in a template of others. */
  private static void included(final App app, final String name) {
    CfnInclude.Builder.create(new Stack(app, "Included"), "Template")
        .templateFile(Path.of(System.getenv("TEMPLATES"), name + ".json").toString())
        .build();
  }

  /** Endpoints of two kinds, of which one has no network isolation, since the service cannot. */
  private static Stack serving(final App app) {
    Stack stack = new Stack(app, "Serving");
    SageMakerImage image = SageMakerImage.fromUri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1");
    InferenceModel model = InferenceModel.fromContainer(ContainerModelOptions.builder().image(image).build());
    InferenceEndpoint.Builder.create(stack, "RealTime").model(model).build();
    InferenceEndpoint.Builder.create(stack, "Serverless")
        .hosting(Hosting.serverless(ServerlessHostingOptions.builder().model(model).memorySize(Size.gibibytes(2)).build()))
        .build();
    new ModelArtifactBucket(stack, "Artifacts");
    return stack;
  }

  /** What the pack finds: level, rule, place. */
  private static String judged(final App app) {
    return new MlSecurityChecks().validateScope(app).getViolations().stream()
        .flatMap(v -> v.getViolatingResources().stream().map(r -> v.getSeverity() + " " + v.getRuleName() + " " + r.getConstructPath()))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static String judgedTemplate(final String name) {
    App app = badApp();
    included(app, name);
    return judged(app);
  }

  /** The reasons of the library are for its own resources only. */
  private static String beside() {
    App app = badApp();
    CfnModel.Builder.create(serving(app), "Own").executionRoleArn("arn:aws:iam::111122223333:role/own").build();
    return judged(app);
  }

  private static void enforced() {
    App app = badApp();
    new MlSecurityChecks().enforce(app);
    included(app, "classic");
    app.synth();
  }

  private static void weakBucket() {
    App app = badApp();
    ModelArtifactBucket artifacts = new ModelArtifactBucket(new Stack(app, "Weak"), "Artifacts");
    ((CfnBucket) artifacts.getBucket().getNode().getDefaultChild()).addPropertyDeletionOverride("LoggingConfiguration");
    app.synth();
  }

  private static String messageOf(final Runnable action) {
    try {
      action.run();
    } catch (RuntimeException error) {
      return error.getMessage();
    }
    throw new AssertionError("this should have failed");
  }

  private static void must(final boolean holds, final String text) {
    if (!holds) {
      throw new AssertionError(text);
    }
  }

  public static void main(final String[] args) throws IOException {
    must(judgedTemplate("hardened").isEmpty(), judgedTemplate("hardened"));
    String weak = messageOf(ComplianceApp::weakBucket);
    must(weak.contains("To accept with a reason, an exception for each: " + WAY_OUT), weak);
    Files.writeString(Path.of("errors.txt"),
        String.join("\n----\n", judgedTemplate("classic"), beside(), messageOf(ComplianceApp::enforced), weak));

    App app = new App();
    new MlSecurityChecks().enforce(app);
    Validations.of(app).addPlugins(new MlSecurityChecks());
    serving(app);
    included(app, "hardened");
    app.synth();
  }
}

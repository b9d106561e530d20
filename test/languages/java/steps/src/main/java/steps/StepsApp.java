package steps;

import io.github.cdkmlpatterns.ConditionStep;
import io.github.cdkmlpatterns.ConditionStepProps;
import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.FailStep;
import io.github.cdkmlpatterns.FailStepProps;
import io.github.cdkmlpatterns.Hosting;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import io.github.cdkmlpatterns.NumberParameterOptions;
import io.github.cdkmlpatterns.PipelineExecution;
import io.github.cdkmlpatterns.PipelineParameter;
import io.github.cdkmlpatterns.PipelineVariable;
import io.github.cdkmlpatterns.ProcessingOutput;
import io.github.cdkmlpatterns.ProcessingStep;
import io.github.cdkmlpatterns.ProcessingStepProps;
import io.github.cdkmlpatterns.RealTimeHostingOptions;
import io.github.cdkmlpatterns.SageMakerImage;
import io.github.cdkmlpatterns.SageMakerPipeline;
import io.github.cdkmlpatterns.TrainingChannel;
import io.github.cdkmlpatterns.TrainingStep;
import io.github.cdkmlpatterns.TrainingStepProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

public final class StepsApp {
  private static final SageMakerImage IMAGE = SageMakerImage.fromUri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1");

  private StepsApp() {}

  /** Variables in texts and as numbers, and maps, whose order each language chooses for itself. */
  private static void steps(final App app) {
    Stack stack = new Stack(app, "Steps");
    ModelArtifactBucket artifacts = new ModelArtifactBucket(stack, "Artifacts");
    PipelineParameter rounds = PipelineParameter.integer("Rounds", NumberParameterOptions.builder().defaultValue(50).build());
    PipelineParameter count = PipelineParameter.integer("Count", NumberParameterOptions.builder().defaultValue(2).build());
    ProcessingStep prepare = new ProcessingStep("Prepare", ProcessingStepProps.builder()
        .image(IMAGE)
        .arguments(List.of("--label=" + PipelineExecution.ID.asString() + "/" + stack.getRegion()))
        .environment(Map.of("ZONE", "a", "ALPHA", "b", "MIDDLE", "c"))
        .outputs(List.of(ProcessingOutput.of("train")))
        .instanceCount(count.asNumber())
        .build());
    TrainingStep fit = new TrainingStep("Fit", TrainingStepProps.builder()
        .image(IMAGE)
        .channels(List.of(TrainingChannel.csv("train", prepare.output("train"))))
        .hyperparameters(Map.of("num_round", rounds.asString(), "eta", "0.2", "objective", "reg:linear", "alpha", "1"))
        .build());
    PipelineVariable rmse = fit.finalMetric("validation:rmse");
    ConditionStep check = new ConditionStep("Check", ConditionStepProps.builder()
        .condition(rmse.atMost(3))
        .elseSteps(List.of(new FailStep("Bad", FailStepProps.builder()
            .message("rmse is " + rmse.asString() + " after " + rounds.asString() + " rounds")
            .build())))
        .build());
    SageMakerPipeline.Builder.create(stack, "Pipeline").artifacts(artifacts).steps(List.of(prepare, fit, check)).build();
  }

  private static Hosting hosting(final int count) {
    InferenceModel model = InferenceModel.fromContainer(ContainerModelOptions.builder().image(IMAGE).build());
    return Hosting.realTime(RealTimeHostingOptions.builder().model(model).instanceCount(count).build());
  }

  /** An app that CDK does not synthesise by itself when the program ends. */
  private static App badApp(final Map<String, String> context) {
    return new App(AppProps.builder().autoSynth(false).outdir("bad.out").context(context).build());
  }

  private static void badInput() {
    InferenceEndpoint.Builder.create(new Stack(badApp(Map.of()), "Bad"), "Churn").endpointName("my_endpoint").hosting(hosting(0)).build();
  }

  private static void finding() {
    App app = badApp(Map.of("cdk-ml-patterns:complianceLevel", "warning"));
    InferenceEndpoint.Builder.create(new Stack(app, "Bad"), "Churn").hosting(hosting(1)).build();
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

  public static void main(final String[] args) throws IOException {
    Files.writeString(Path.of("errors.txt"), messageOf(StepsApp::badInput) + "\n----\n" + messageOf(StepsApp::finding));
    App app = new App();
    steps(app);
    app.synth();
  }
}

package steps;

import io.github.cdkmlpatterns.ComplianceException;
import io.github.cdkmlpatterns.ComplianceOptions;
import io.github.cdkmlpatterns.ConditionStep;
import io.github.cdkmlpatterns.ConditionStepProps;
import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.FailStep;
import io.github.cdkmlpatterns.FailStepProps;
import io.github.cdkmlpatterns.FlagParameterOptions;
import io.github.cdkmlpatterns.Hosting;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.JobDefaults;
import io.github.cdkmlpatterns.MlflowTracking;
import io.github.cdkmlpatterns.MlflowTrackingOptions;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import io.github.cdkmlpatterns.NumberParameterOptions;
import io.github.cdkmlpatterns.PipelineCondition;
import io.github.cdkmlpatterns.PipelineExecution;
import io.github.cdkmlpatterns.PipelineExperiment;
import io.github.cdkmlpatterns.PipelineParameter;
import io.github.cdkmlpatterns.PipelineVariable;
import io.github.cdkmlpatterns.ProcessingOutput;
import io.github.cdkmlpatterns.ProcessingReport;
import io.github.cdkmlpatterns.ProcessingStep;
import io.github.cdkmlpatterns.ProcessingStepProps;
import io.github.cdkmlpatterns.RealTimeHostingOptions;
import io.github.cdkmlpatterns.ReportMetric;
import io.github.cdkmlpatterns.SageMakerImage;
import io.github.cdkmlpatterns.SageMakerPipeline;
import io.github.cdkmlpatterns.SecureJobOptions;
import io.github.cdkmlpatterns.StepCache;
import io.github.cdkmlpatterns.StepRetry;
import io.github.cdkmlpatterns.StepRetryOptions;
import io.github.cdkmlpatterns.TextParameterOptions;
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
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.Role;

public final class StepsApp {
  private static final SageMakerImage IMAGE = SageMakerImage.fromUri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1");

  private StepsApp() {}

  /** Variables in texts and as numbers, and maps, whose order each language chooses for itself. */
  private static void steps(final App app) {
    Stack stack = new Stack(app, "Steps");
    ModelArtifactBucket artifacts = new ModelArtifactBucket(stack, "Artifacts");
    PipelineParameter rounds = PipelineParameter.integer("Rounds", NumberParameterOptions.builder().defaultValue(50).build());
    PipelineParameter count = PipelineParameter.integer("Count", NumberParameterOptions.builder().defaultValue(2).build());
    PipelineParameter zone = PipelineParameter.text("Zone", TextParameterOptions.builder().defaultValue("a").allowedValues(List.of("a", "b")).build());
    PipelineParameter fast = PipelineParameter.flag("Fast", FlagParameterOptions.builder().defaultValue(false).build());
    ProcessingStep prepare = new ProcessingStep("Prepare", ProcessingStepProps.builder()
        .displayName("Prepare the data")
        .image(IMAGE)
        .arguments(List.of("--label=" + PipelineExecution.PIPELINE_NAME.asString() + "/" + stack.getRegion(), fast.asString()))
        .environment(Map.of("ZONE", "a", "ALPHA", "b", "MIDDLE", "c"))
        .outputs(List.of(ProcessingOutput.of("train")))
        .report(ProcessingReport.builder().outputName("train").path("report.json").build())
        .instanceCount(count.asNumber())
        .cache(StepCache.expiringAfter(Duration.days(30)))
        .retries(List.of(
            StepRetry.onCapacity(StepRetryOptions.builder().maxAttempts(3).build()),
            StepRetry.onServiceErrors(StepRetryOptions.builder()
                .interval(Duration.seconds(10)).backoffRate(1.5).expireAfter(Duration.hours(1)).build())))
        .build());
    TrainingStep fit = new TrainingStep("Fit", TrainingStepProps.builder()
        .image(IMAGE)
        .channels(List.of(TrainingChannel.csv("train", prepare.output("train"))))
        .hyperparameters(Map.of("num_round", rounds.asString(), "eta", "0.2", "objective", "reg:linear", "alpha", "1"))
        .role(Role.fromRoleArn(stack, "Own", "arn:aws:iam::111122223333:role/own", FromRoleArnOptions.builder().mutable(false).build()))
        .jobDefaults(JobDefaults.secure(SecureJobOptions.builder().networkIsolation(false).build()))
        .build());
    fit.addOverride("Arguments.CheckpointConfig",
        Map.of("S3Uri", "s3://bucket/" + PipelineExecution.ID.asString(), "LocalPath", "/opt/ml/checkpoints"));
    fit.addOverride("Arguments.RetryStrategy.MaximumRetryAttempts", count);
    fit.addDeletionOverride("Arguments.ResourceConfig.VolumeKmsKeyId");
    ProcessingStep clean = new ProcessingStep("Clean", ProcessingStepProps.builder()
        .image(IMAGE)
        .arguments(List.of(prepare.output("train") + "/part"))
        .build());
    clean.afterFailed(fit);
    PipelineVariable rmse = fit.finalMetric("validation:rmse");
    ReportMetric rows = prepare.metric("rows.count");
    ConditionStep check = new ConditionStep("Check", ConditionStepProps.builder()
        .condition(PipelineCondition.all(
            rmse.atMost(3),
            rows.greaterThan(count.asNumber()),
            PipelineCondition.any(zone.oneOf("b", PipelineExecution.PIPELINE_NAME.asString()), rounds.oneOfNumbers(10, 50)),
            PipelineCondition.none(fast.equalToFlag(true))))
        .elseSteps(List.of(new FailStep("Bad", FailStepProps.builder()
            .message("rmse is " + rmse.asString() + " after " + rounds.asString() + " rounds over " + rows.asString() + " rows")
            .build())))
        .build());
    SageMakerPipeline.Builder.create(stack, "Pipeline")
        .artifacts(artifacts)
        .steps(List.of(prepare, fit, clean, check))
        .experiment(PipelineExperiment.named("churn-" + zone.asString()))
        .mlflow(MlflowTracking.appFromArn("arn:aws:sagemaker:eu-west-1:111122223333:mlflow-app/app-1",
            MlflowTrackingOptions.builder().experimentName(zone.asString()).build()))
        .maxParallelSteps(2)
        .compliance(ComplianceOptions.builder().exceptions(List.of(accepted("ML-SM13[Fit]"), accepted("ML-SM32[Fit]"))).build())
        .build();
  }

  private static ComplianceException accepted(final String rule) {
    return ComplianceException.builder().rule(rule).reason("Overrides are what is tested.").build();
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

  /** A number that was put into a text without asString(): each language formats it in its own way. */
  private static void mangledNumber() {
    ProcessingStep step = new ProcessingStep("Step", ProcessingStepProps.builder()
        .image(IMAGE)
        .arguments(List.of("--count=" + PipelineParameter.integer("Count").asNumber()))
        .build());
    SageMakerPipeline.Builder.create(new Stack(badApp(Map.of()), "Bad"), "Pipeline").steps(List.of(step)).build();
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
    String mangled = messageOf(StepsApp::mangledNumber).split(", got ")[0];
    Files.writeString(Path.of("errors.txt"), String.join("\n----\n", messageOf(StepsApp::badInput), messageOf(StepsApp::finding), mangled));
    App app = new App();
    steps(app);
    app.synth();
  }
}

package tuning;

import io.github.cdkmlpatterns.Dataset;
import io.github.cdkmlpatterns.HyperparameterRange;
import io.github.cdkmlpatterns.HyperparameterScaling;
import io.github.cdkmlpatterns.InputObject;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import io.github.cdkmlpatterns.ModelRegistry;
import io.github.cdkmlpatterns.NewDataTriggerOptions;
import io.github.cdkmlpatterns.PipelineGuardRails;
import io.github.cdkmlpatterns.PipelineNotifications;
import io.github.cdkmlpatterns.PipelineTrigger;
import io.github.cdkmlpatterns.ProcessingInput;
import io.github.cdkmlpatterns.ProcessingOutput;
import io.github.cdkmlpatterns.ProcessingStep;
import io.github.cdkmlpatterns.RegisterModelStep;
import io.github.cdkmlpatterns.SageMakerImage;
import io.github.cdkmlpatterns.SageMakerPipeline;
import io.github.cdkmlpatterns.TrainingChannel;
import io.github.cdkmlpatterns.TuningObjective;
import io.github.cdkmlpatterns.TuningStep;
import io.github.cdkmlpatterns.TuningTrainingJob;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

public final class ChurnStack extends Stack {
  public ChurnStack(final Construct scope, final String id) {
    super(scope, id);
    ModelArtifactBucket artifacts = new ModelArtifactBucket(this, "Artifacts");
    Dataset data = artifacts.dataset("churn");
    InputObject object = InputObject.of(data);
    Topic team = new Topic(this, "Team");
    SageMakerImage image = SageMakerImage.fromUri("111122223333.dkr.ecr.eu-west-1.amazonaws.com/churn:1");

    ProcessingStep prepare = ProcessingStep.Builder.create("Prepare")
        .image(image)
        .entrypoint(List.of("python3", "/opt/ml/code/prepare.py"))
        .inputs(List.of(ProcessingInput.s3("raw", object.getUri())))
        .outputs(List.of(ProcessingOutput.of("train"), ProcessingOutput.of("validation")))
        .maxRuntime(Duration.hours(1))
        .build();
    TuningStep tune = TuningStep.Builder.create("Tune")
        .trainingJobs(List.of(TuningTrainingJob.builder()
            .image(image)
            .channels(List.of(
                TrainingChannel.csv("train", prepare.output("train")),
                TrainingChannel.csv("validation", prepare.output("validation"))))
            .hyperparameters(Map.of("num_round", "100"))
            .metricDefinitions(Map.of("validation:rmse", "rmse=([0-9.]+)"))
            .objective(TuningObjective.minimize("validation:rmse"))
            .ranges(List.of(
                HyperparameterRange.continuous("eta", 0.01, 0.5, HyperparameterScaling.LOGARITHMIC),
                HyperparameterRange.integer("max_depth", 2, 10)))
            .maxRuntime(Duration.hours(2))
            .build()))
        .maxJobs(20)
        .maxParallelJobs(4)
        .build();
    RegisterModelStep register = RegisterModelStep.Builder.create("Register")
        .registry(new ModelRegistry(this, "Models"))
        .image(image)
        .modelArtifact(tune.topModelArtifact(0))
        .contentTypes(List.of("text/csv"))
        .instanceTypes(List.of("ml.m5.large"))
        .build();
    SageMakerPipeline.Builder.create(this, "Pipeline")
        .artifacts(artifacts)
        .steps(List.of(prepare, tune, register))
        .triggers(List.of(PipelineTrigger.onNewData(
            NewDataTriggerOptions.builder().data(data).passObject(true).marker(".csv").build())))
        .notifications(PipelineNotifications.builder().onFailure(team).onStepFailure(team).onApprovalNeeded(team).build())
        .guardRails(PipelineGuardRails.builder()
            .instanceTypes(List.of("ml.m5.*"))
            .requireNetworkIsolation(true)
            .maxRuntime(Duration.hours(12))
            .requireManualApproval(true)
            .build())
        .build();
  }
}

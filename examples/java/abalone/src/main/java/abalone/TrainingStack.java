package abalone;

import io.github.cdkmlpatterns.CustomContainerRepo;
import io.github.cdkmlpatterns.MlTrainingPipeline;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import io.github.cdkmlpatterns.ModelRegistry;
import io.github.cdkmlpatterns.PipelineTrigger;
import io.github.cdkmlpatterns.ReportMetric;
import io.github.cdkmlpatterns.SageMakerImage;
import io.github.cdkmlpatterns.TrainingPipelineEvaluation;
import io.github.cdkmlpatterns.TrainingPipelineProcessing;
import io.github.cdkmlpatterns.TrainingPipelineRegistration;
import io.github.cdkmlpatterns.TrainingPipelineTraining;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.constructs.Construct;

/** Where the age of abalone is learnt. */
public final class TrainingStack extends Stack {
  private final ModelRegistry models;

  public TrainingStack(final Construct scope, final String id) {
    super(scope, id);
    ModelArtifactBucket artifacts = new ModelArtifactBucket(this, "Artifacts");
    CustomContainerRepo images = new CustomContainerRepo(this, "Images");
    SageMakerImage image = images.image("1.4.2");
    models = new ModelRegistry(this, "Models");

    MlTrainingPipeline.Builder.create(this, "Pipeline")
        .artifacts(artifacts)
        .data(artifacts.dataset("abalone"))
        .processing(TrainingPipelineProcessing.builder()
            .image(image)
            .outputs(List.of("train", "validation", "test"))
            .build())
        .training(TrainingPipelineTraining.builder()
            .image(image)
            .channels(List.of("train", "validation"))
            .hyperparameters(Map.of("objective", "reg:squarederror", "num_round", "50"))
            .build())
        .evaluation(TrainingPipelineEvaluation.builder().image(image).report("evaluation.json").build())
        .acceptance(ReportMetric.at("regression_metrics.mse.value").atMost(6))
        .registration(TrainingPipelineRegistration.builder()
            .registry(models)
            .image(image)
            .contentTypes(List.of("text/csv"))
            .instanceTypes(List.of("ml.m5.large"))
            .build())
        .triggers(List.of(
            PipelineTrigger.onNewData(),
            PipelineTrigger.onSchedule(ScheduleExpression.rate(Duration.days(7)))))
        .build();
  }

  public ModelRegistry models() {
    return models;
  }
}

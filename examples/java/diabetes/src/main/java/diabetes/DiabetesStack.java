package diabetes;

import io.github.cdkmlpatterns.ArtifactLifecycle;
import io.github.cdkmlpatterns.ArtifactPrefix;
import io.github.cdkmlpatterns.ContainerModelOptions;
import io.github.cdkmlpatterns.ContainerSource;
import io.github.cdkmlpatterns.CustomContainerRepo;
import io.github.cdkmlpatterns.ImageExpiry;
import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.MlTrainingPipeline;
import io.github.cdkmlpatterns.ModelArtifact;
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
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** One deployment from an empty account to an answer: images are built and the first model is uploaded before the endpoint is made. */
public final class DiabetesStack extends Stack {
  public DiabetesStack(final Construct scope, final String id) {
    super(scope, id);
    ModelArtifactBucket artifacts = ModelArtifactBucket.Builder.create(this, "Artifacts")
        .intermediateExpiration(Duration.days(14))
        .lifecycle(List.of(
            ArtifactLifecycle.builder()
                .prefix(ArtifactPrefix.DATASETS)
                .oldVersionsTierAfter(Duration.days(30))
                .oldVersionsExpireAfter(Duration.days(365))
                .build(),
            ArtifactLifecycle.builder().prefix(ArtifactPrefix.PIPELINES).tierAfter(Duration.days(90)).build()))
        .build();
    CustomContainerRepo images = CustomContainerRepo.Builder.create(this, "Images")
        .expiry(List.of(ImageExpiry.builder().tagPattern("dev-*").maxImages(10).build()))
        .build();

    // The container kit with code/model.py, and a directory with a Dockerfile.
    SageMakerImage image = images.addImage("Kit", ContainerSource.fromTemplate("code"));
    SageMakerImage split = images.addImage("Split", ContainerSource.fromDirectory("split"));

    // Served from the first deployment on.
    ModelArtifact first = ModelArtifact.fromAsset(this, "FirstModel", "first-model");
    InferenceEndpoint endpoint = InferenceEndpoint.Builder.create(this, "Endpoint")
        .model(InferenceModel.fromContainer(ContainerModelOptions.builder().image(image).artifact(first).build()))
        .build();
    endpoint.getGrants().invoke(Role.Builder.create(this, "Caller").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build());

    // The same image trains and evaluates whenever there is new data.
    MlTrainingPipeline.Builder.create(this, "Pipeline")
        .artifacts(artifacts)
        .data(artifacts.dataset("diabetes"))
        .processing(TrainingPipelineProcessing.builder().image(split).outputs(List.of("train", "test")).build())
        .training(TrainingPipelineTraining.builder().image(image).channels(List.of("train")).build())
        .evaluation(TrainingPipelineEvaluation.builder().image(image).report("evaluation.json").build())
        .acceptance(ReportMetric.at("regression_metrics.r2.value").atLeast(0.4))
        .registration(TrainingPipelineRegistration.builder()
            .registry(new ModelRegistry(this, "Models"))
            .image(image)
            .contentTypes(List.of("text/csv"))
            .instanceTypes(List.of("ml.m5.large"))
            .build())
        .triggers(List.of(PipelineTrigger.onNewData()))
        .build();
  }
}

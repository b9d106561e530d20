package hosting;

import io.github.cdkmlpatterns.CustomContainerRepo;
import io.github.cdkmlpatterns.ModelArtifactBucket;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Where images and models are. Deployed first; then image 1.0.0 is pushed and the models are uploaded. */
public final class StorageStack extends Stack {
  private final ModelArtifactBucket artifacts;
  private final CustomContainerRepo images;

  public StorageStack(final Construct scope, final String id) {
    super(scope, id);
    artifacts = new ModelArtifactBucket(this, "Artifacts");
    images = new CustomContainerRepo(this, "Images");
  }

  public ModelArtifactBucket artifacts() {
    return artifacts;
  }

  public CustomContainerRepo images() {
    return images;
  }
}

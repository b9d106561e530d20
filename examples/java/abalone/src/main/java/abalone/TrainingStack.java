package abalone;

import io.github.cdkmlpatterns.ModelArtifactBucket;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** Where the age of abalone is learnt. */
public final class TrainingStack extends Stack {
  public TrainingStack(final Construct scope, final String id) {
    super(scope, id);
    ModelArtifactBucket.Builder.create(this, "Artifacts").build();
  }
}

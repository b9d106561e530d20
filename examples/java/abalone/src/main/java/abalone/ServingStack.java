package abalone;

import io.github.cdkmlpatterns.InferenceEndpoint;
import io.github.cdkmlpatterns.InferenceModel;
import io.github.cdkmlpatterns.ModelPackageOptions;
import io.github.cdkmlpatterns.ModelRegistry;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** Where the age of abalone is told. Deployed once the pipeline has registered version 1. */
public final class ServingStack extends Stack {
  public ServingStack(final Construct scope, final String id, final ModelRegistry models) {
    super(scope, id);
    Role caller = Role.Builder.create(this, "Caller").assumedBy(new ServicePrincipal("lambda.amazonaws.com")).build();

    InferenceEndpoint endpoint = InferenceEndpoint.Builder.create(this, "Endpoint")
        .model(InferenceModel.fromModelPackage(models, ModelPackageOptions.builder().version(1).build()))
        .build();
    endpoint.getGrants().invoke(caller);
  }
}

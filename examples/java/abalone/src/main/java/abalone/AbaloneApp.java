package abalone;

import software.amazon.awscdk.App;

public final class AbaloneApp {
  private AbaloneApp() {}

  public static void main(final String[] args) {
    App app = new App();
    TrainingStack training = new TrainingStack(app, "Training");
    new ServingStack(app, "Serving", training.models());
    app.synth();
  }
}

package abalone;

import software.amazon.awscdk.App;

public final class AbaloneApp {
  private AbaloneApp() {}

  public static void main(final String[] args) {
    App app = new App();
    new TrainingStack(app, "Training");
    app.synth();
  }
}

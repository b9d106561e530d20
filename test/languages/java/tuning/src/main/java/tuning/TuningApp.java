package tuning;

import software.amazon.awscdk.App;

public final class TuningApp {
  private TuningApp() {}

  public static void main(final String[] args) {
    App app = new App();
    new ChurnStack(app, "Churn");
    app.synth();
  }
}

package diabetes;

import software.amazon.awscdk.App;

public final class DiabetesApp {
  private DiabetesApp() {}

  public static void main(final String[] args) {
    App app = new App();
    new DiabetesStack(app, "Diabetes");
    app.synth();
  }
}

package hosting;

import software.amazon.awscdk.App;

public final class HostingApp {
  private HostingApp() {}

  public static void main(final String[] args) {
    App app = new App();
    StorageStack storage = new StorageStack(app, "Storage");
    new ServingStack(app, "Serving", storage);
    app.synth();
  }
}

package chat.jovial.server.settings;

import chat.jovial.config.ProjectHome;
import chat.jovial.config.Setting;
import chat.jovial.config.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Settings of this node: its data folder and how many verticles of each service it runs.
 *
 * @param dataDirectory everything the node keeps, absolute
 */
public record NodeConfig(Path dataDirectory, int edge, int ums, int mds, int mss, int fss) {
  private static final int MAX_INSTANCES = 64;

  private static final Setting<String> DATA_DIR =
      Setting.text(
          "data.dir",
          "./data",
          "Folder of everything that this node keeps: the embedded stores, logs, its own secrets."
              + " ./data beside the launcher script unless another folder is given.");
  private static final Setting<Integer> EDGE =
      Setting.integer(
          "verticles.edge",
          2,
          0,
          MAX_INSTANCES,
          "Edge verticles on this node: client connections are shared out among them; more than there"
              + " are cores gains nothing. 0: this node serves no clients.");
  private static final Setting<Integer> UMS =
      Setting.integer(
          "verticles.ums",
          1,
          0,
          MAX_INSTANCES,
          "User management verticles; password hashing has separate threads. 0 = none.");
  private static final Setting<Integer> MDS =
      Setting.integer(
          "verticles.mds",
          2,
          0,
          MAX_INSTANCES,
          "Message delivery verticles: the conversations that this node owns are shared out among"
              + " them. 0 = none.");
  private static final Setting<Integer> MSS =
      Setting.integer(
          "verticles.mss",
          2,
          0,
          MAX_INSTANCES,
          "Message storage verticles: they alone touch the message tables. 0 = none.");

  private static final Setting<Integer> FSS =
      Setting.integer(
          "verticles.fss",
          2,
          0,
          MAX_INSTANCES,
          "File store verticles: they alone touch the bytes of files. 0 = none.");

  public static final List<Setting<?>> SETTINGS = List.of(DATA_DIR, EDGE, UMS, MDS, MSS, FSS);

  public static NodeConfig of(Settings settings) {
    return new NodeConfig(
        dataDirectory(settings),
        settings.get(EDGE),
        settings.get(UMS),
        settings.get(MDS),
        settings.get(MSS),
        settings.get(FSS));
  }

  /** From a flag or variable it counts from where the operator is, else from the project. */
  private static Path dataDirectory(Settings settings) {
    Path path = Path.of(settings.get(DATA_DIR));
    return settings.isGivenAtStart(DATA_DIR)
        ? path.toAbsolutePath().normalize()
        : ProjectHome.path().resolve(path).normalize();
  }

  public Path logDirectory() {
    return dataDirectory.resolve("logs");
  }
}

package chat.jovial.server.command;

import chat.jovial.config.Settings;
import chat.jovial.contract.Ids;
import chat.jovial.fss.FssConfig;
import chat.jovial.fss.store.FileSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Command that prints how much of its quota of files an app, or one of its users, has used. */
@Command(
    name = "quota",
    mixinStandardHelpOptions = true,
    description = "Prints what an app, or a user of it, stores of files, and the limit.")
public final class QuotaCommand implements Callable<Integer> {
  private static final long MIB = 1024 * 1024;

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Parameters(index = "0", paramLabel = "APP_ID", description = "The app.")
  private String appId = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "USER_ID", description = "A user of it.")
  private @Nullable String userId;

  @Unmatched private List<String> flags = new ArrayList<>();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!Ids.isAssigned(appId) || (userId != null && !Ids.isAssigned(userId))) {
      throw new ParameterException(spec.commandLine(), "an app_id or user_id has another form");
    }
    Settings settings = options.load(flags);
    FssConfig config = FssConfig.of(settings);
    String user = userId;
    long used =
        StoredKeys.of(settings)
            .withStore(
                (vertx, store) ->
                    FileSizes.prepare(store)
                        .compose(
                            sizes ->
                                user == null ? sizes.ofApp(appId) : sizes.ofUser(appId, user)));
    long limit = user == null ? config.appBytes() : config.userBytes();
    System.out.printf(
        "%s: %d of %d MiB of files (%d %%)%n",
        user == null ? "app " + appId : "user " + user,
        used / MIB,
        limit / MIB,
        100 * used / limit);
    return 0;
  }
}

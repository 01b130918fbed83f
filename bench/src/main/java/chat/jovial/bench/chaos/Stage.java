package chat.jovial.bench.chaos;

import chat.jovial.bench.chaos.device.Api;
import chat.jovial.bench.chaos.device.Crowd;
import chat.jovial.bench.chaos.device.DeviceSetup;
import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.proxy.Proxy;
import chat.jovial.bench.chaos.proxy.Route;
import chat.jovial.bench.chaos.subject.Subject;
import chat.jovial.client.ClientThreads;
import chat.jovial.contract.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Factory of the users, their devices and the connections between them and the servers. */
final class Stage {
  /** Threads of all kits together; the machine is shared with what is tested. */
  private static final int KIT_THREADS = 4;

  private final Evidence evidence;
  private final Crowd crowd;
  private final List<String> tokens;

  private Stage(Evidence evidence, Crowd crowd, List<String> tokens) {
    this.evidence = evidence;
    this.crowd = crowd;
    this.tokens = tokens;
  }

  /** Users stand in a circle, and each talks to both neighbours. */
  static Stage set(ChaosPlan plan, Subject subject, Proxy proxy, Path folder)
      throws IOException, InterruptedException {
    Api api = new Api(subject.http(0));
    String run = UUID.randomUUID().toString();
    Api.App app = api.register("chaos " + run);
    List<String> userIds = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    for (int device = 0; device < plan.users() * ChaosPlan.DEVICES_PER_USER; device++) {
      int user = device / ChaosPlan.DEVICES_PER_USER;
      Api.Login login = api.login(app, run + "-" + user);
      tokens.add(login.userToken());
      if (device % ChaosPlan.DEVICES_PER_USER == 0) {
        userIds.add(login.userId());
      }
    }
    Evidence evidence =
        new Evidence(
            new Cast(userIds, ChaosPlan.DEVICES_PER_USER, pairs(userIds)), System::nanoTime);
    List<DeviceSetup> setups = new ArrayList<>();
    for (int device = 0; device < tokens.size(); device++) {
      List<Route> routes = new ArrayList<>();
      for (int i = 0; i < subject.nodes(); i++) {
        routes.add(proxy.open(subject.tcp((device + i) % subject.nodes())));
      }
      setups.add(
          new DeviceSetup(device, tokens.get(device), routes, folder.resolve("device-" + device)));
    }
    Crowd crowd = new Crowd(evidence, setups, ClientThreads.shared(KIT_THREADS));
    return new Stage(evidence, crowd, tokens);
  }

  private static List<Cast.Pair> pairs(List<String> userIds) {
    int users = userIds.size();
    return IntStream.range(0, users == 2 ? 1 : users)
        .mapToObj(
            user -> {
              int next = (user + 1) % users;
              return new Cast.Pair(
                  Ids.directConversation(userIds.get(user), userIds.get(next)), user, next);
            })
        .toList();
  }

  Evidence evidence() {
    return evidence;
  }

  Crowd crowd() {
    return crowd;
  }

  /** A token of some device of the user. */
  String tokenOf(int user) {
    return tokens.get(user * ChaosPlan.DEVICES_PER_USER);
  }
}

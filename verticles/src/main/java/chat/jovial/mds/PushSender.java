package chat.jovial.mds;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.mds.Push;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Through here goes everything that one MDS verticle tells devices: to this node's edge as it is,
 * to each other node that has devices of those concerned in one message. What is told of one
 * conversation arrives in the order in which it was told. Confined to the verticle's event loop.
 */
public final class PushSender {
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final String here;
  private final DeviceDirectory directory;
  private final Counter dropped;

  /** One for each other node; idle ones that have left go when another comes. */
  private final Map<String, PushLane> lanes = new HashMap<>();

  public PushSender(Vertx vertx, String here, DeviceDirectory directory, Counter dropped) {
    this.vertx = vertx;
    this.here = here;
    this.directory = directory;
    this.dropped = dropped;
  }

  void send(Push push) {
    directory
        .nodesOf(push.userIds())
        .onSuccess(nodes -> nodes.forEach((node, userIds) -> send(node, push, userIds)))
        .onFailure(impossible -> dropped.increment());
  }

  private void send(String node, Push push, List<String> userIds) {
    Push part = push.forUsers(userIds);
    if (node.equals(here)) {
      vertx.eventBus().publish(Catalogue.PUSH.address(), part, LOCAL);
    } else {
      laneTo(node).add(part);
    }
  }

  private PushLane laneTo(String node) {
    PushLane lane = lanes.get(node);
    if (lane == null) {
      lanes.values().removeIf(PushLane::isIdle);
      lane = new PushLane(vertx, node, dropped::increment);
      lanes.put(node, lane);
    }
    return lane;
  }
}

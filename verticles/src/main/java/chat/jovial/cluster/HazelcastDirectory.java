package chat.jovial.cluster;

import chat.jovial.contract.JovialException;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.strategy.StringPartitioningStrategy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directory of devices in a cluster: a Hazelcast map with one entry for each user and node, its key
 * {@code node@user}, partitioned by the user. No two nodes write the same entry. An entry expires
 * unless its node writes it again; those of nodes that are not members are never read.
 *
 * <p>Questions that come while one is being answered are the next one together; entries likewise.
 * So ten thousand devices that come at once wait for a few round trips, not for one each.
 */
public final class HazelcastDirectory implements DeviceDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(HazelcastDirectory.class);

  private static final String MAP = "jovial.devices";

  /** A member with this attribute serves clients. */
  private static final String EDGE_ATTRIBUTE = "jovial.edge";

  /** Given by the cluster manager of Vert.x. */
  private static final String NODE_ATTRIBUTE = "__vertx.nodeId";

  /** Three renewals: one may be late, one may be lost. */
  private static final Duration LIFESPAN = Duration.ofSeconds(60);

  private static final Duration RENEWAL = Duration.ofSeconds(20);

  /** Questions that wait, a few hundred bytes each; beyond it every edge is named, unasked. */
  private static final int MAX_QUESTIONS = 10_000;

  private static final String WAITING = "jovial.limit.waiting";
  private static final String REFUSED = "jovial.limit.refused";

  private final HazelcastInstance hazelcast;
  private final Counter refused;
  private final IMap<String, Long> map;
  private final WorkerExecutor workers;
  private final String here;
  private final LocalDeviceEntries own;

  /** Guarded by itself. */
  private final Queue<Question> questions = new ArrayDeque<>();

  private boolean asking;

  private record Question(List<String> userIds, Promise<Map<String, List<String>>> answer) {}

  /**
   * @param here this node's id on the bus
   */
  public HazelcastDirectory(
      Vertx vertx, HazelcastInstance hazelcast, String here, MeterRegistry metrics) {
    this.hazelcast = hazelcast;
    this.map = hazelcast.getMap(MAP);
    // One for questions and one for entries: neither waits for the other.
    this.workers = vertx.createSharedWorkerExecutor("jovial-directory", 2);
    this.here = here;
    this.own = new LocalDeviceEntries(map, here, workers);
    vertx.setPeriodic(RENEWAL.toMillis(), tick -> own.writeAllAgain());
    hazelcast
        .getLifecycleService()
        .addLifecycleListener(
            event -> {
              if (event.getState() == LifecycleState.MERGED) {
                own.writeAllAgain();
              }
            });
    this.refused = metrics.counter(REFUSED, "limit", "device lookups");
    Gauge.builder(WAITING, questions, Queue::size).tag("limit", "device lookups").register(metrics);
    map.addPartitionLostListener(lost -> own.writeAllAgain());
  }

  /** What a member of the cluster must be configured with. */
  public static void configure(Config config, boolean hasEdge) {
    config
        .getMapConfig(MAP)
        .setBackupCount(1)
        .setTimeToLiveSeconds((int) LIFESPAN.toSeconds())
        .setStatisticsEnabled(false)
        .setPartitioningStrategyConfig(
            new PartitioningStrategyConfig(StringPartitioningStrategy.INSTANCE));
    config.getMemberAttributeConfig().setAttribute(EDGE_ATTRIBUTE, Boolean.toString(hasEdge));
  }

  @Override
  public Future<Void> registerDevice(String userId) {
    return own.registerDevice(userId)
        .recover(
            failure ->
                Future.failedFuture(
                    JovialException.tryAgain(
                        "the nodes of this cluster do not reach each other",
                        Duration.ofSeconds(1))));
  }

  @Override
  public void unregisterDevice(String userId) {
    own.unregisterDevice(userId);
  }

  @Override
  public void onNodesChanged(Runnable listener) {
    hazelcast
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                listener.run();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                listener.run();
              }
            });
  }

  @Override
  public Future<Map<String, List<String>>> nodesOf(Collection<String> userIds) {
    List<String> users = List.copyOf(userIds);
    List<String> edges = edges();
    Question question;
    synchronized (questions) {
      if (edges.equals(List.of(here)) && !asking) {
        return Future.succeededFuture(onThisNode(users));
      }
      if (questions.size() >= MAX_QUESTIONS) {
        refused.increment();
        return Future.succeededFuture(everywhere(edges, users));
      }
      Context context = Vertx.currentContext();
      question =
          new Question(
              users, context == null ? Promise.promise() : ((ContextInternal) context).promise());
      questions.add(question);
      if (!asking) {
        asking = true;
        askNext();
      }
    }
    return question.answer().future();
  }

  @Override
  public boolean isMember(String node) {
    return members().stream().anyMatch(member -> node.equals(member.getAttribute(NODE_ATTRIBUTE)));
  }

  /** None once this node has left the cluster: requests may still end then. */
  private Set<Member> members() {
    try {
      return hazelcast.getCluster().getMembers();
    } catch (HazelcastInstanceNotActiveException e) {
      return Set.of();
    }
  }

  /** Nodes that serve clients, by their ids on the bus. */
  private List<String> edges() {
    List<String> edges = new ArrayList<>();
    for (Member member : members()) {
      String node = member.getAttribute(NODE_ATTRIBUTE);
      if (node != null && Boolean.parseBoolean(member.getAttribute(EDGE_ATTRIBUTE))) {
        edges.add(node);
      }
    }
    return edges;
  }

  /** Under the lock; one at a time. */
  private void askNext() {
    List<Question> asked = List.copyOf(questions);
    questions.clear();
    workers
        .executeBlocking(() -> lookUp(asked), false)
        .onComplete(
            found -> {
              List<String> edges = found.failed() ? edges() : List.of();
              if (found.failed()) {
                logUnlessStopped("Where devices are cannot be read: {}", found.cause());
              }
              for (int i = 0; i < asked.size(); i++) {
                Question question = asked.get(i);
                question
                    .answer()
                    .complete(
                        found.succeeded()
                            ? found.result().get(i)
                            : everywhere(edges, question.userIds()));
              }
              synchronized (questions) {
                if (questions.isEmpty()) {
                  asking = false;
                } else {
                  askNext();
                }
              }
            });
  }

  private void logUnlessStopped(String message, Throwable failure) {
    if (hazelcast.getLifecycleService().isRunning()) {
      LOG.warn(message, failure.toString());
    } else {
      LOG.debug(message, failure.toString());
    }
  }

  /** On a worker. */
  private List<Map<String, List<String>>> lookUp(List<Question> asked) {
    List<String> edges = edges();
    Set<String> keys = new HashSet<>();
    for (Question question : asked) {
      for (String userId : question.userIds()) {
        edges.forEach(edge -> keys.add(LocalDeviceEntries.key(edge, userId)));
      }
    }
    // What this node knows itself needs no asking.
    keys.removeIf(key -> key.startsWith(here + LocalDeviceEntries.SEPARATOR));
    Set<String> found = keys.isEmpty() ? Set.of() : map.getAll(keys).keySet();
    List<Map<String, List<String>>> answers = new ArrayList<>(asked.size());
    for (Question question : asked) {
      Map<String, List<String>> nodes = new HashMap<>();
      for (String userId : question.userIds()) {
        for (String edge : edges) {
          boolean there =
              edge.equals(here)
                  ? own.contains(userId)
                  : found.contains(LocalDeviceEntries.key(edge, userId));
          if (there) {
            nodes.computeIfAbsent(edge, node -> new ArrayList<>(2)).add(userId);
          }
        }
      }
      answers.add(nodes);
    }
    return answers;
  }

  /** What this node knows without asking. */
  private Map<String, List<String>> onThisNode(List<String> users) {
    List<String> present = users.stream().filter(own::contains).toList();
    return present.isEmpty() ? Map.of() : Map.of(here, present);
  }

  private static Map<String, List<String>> everywhere(List<String> edges, List<String> users) {
    Map<String, List<String>> all = new HashMap<>();
    edges.forEach(edge -> all.put(edge, users));
    return all;
  }
}

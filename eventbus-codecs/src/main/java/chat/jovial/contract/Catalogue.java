package chat.jovial.contract;

import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.ShardsMoved;
import chat.jovial.contract.presence.PresenceChanged;
import chat.jovial.contract.ums.SessionEnded;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Catalogue of all operations and topics. Each operation is declared once, in the class of the
 * service that serves it; its name begins with the client's topic, which need not be that service.
 * From here come the bus consumers, what the bridges allow, the HTTP routes, the OpenAPI page, the
 * tables of {@code docs/protocol.md}, and the test that each has a handler.
 */
public final class Catalogue {
  /** Every operation, in the order in which the documentation shows them. */
  public static final List<Operation<?, ?>> OPERATIONS =
      Stream.of(
              EdgeOperations.all(),
              UmsOperations.all(),
              MdsOperations.all(),
              MssOperations.all(),
              FssOperations.all())
          .<Operation<?, ?>>flatMap(List::stream)
          .toList();

  /** What a client may call. */
  public static final List<Operation<?, ?>> CLIENT_PLANE = ofPlane(false);

  /** What only verticles may call. */
  public static final List<Operation<?, ?>> SERVICE_PLANE = ofPlane(true);

  /** What this node's own edge is to send to devices; never leaves the node. */
  public static final Topic<Push> PUSH = new Topic<>("jovial.push", Push.class);

  /** A device session that has ended: edges close its connections. */
  public static final Topic<SessionEnded> SESSION_ENDED =
      new Topic<>("jovial.session.ended", SessionEnded.class);

  /** Shards that were freed or claimed: a hint to look at who owns what. */
  public static final Topic<ShardsMoved> SHARDS_MOVED =
      new Topic<>("jovial.shards", ShardsMoved.class);

  /** Users who came or went, for the edges on which somebody watches them. */
  public static final Topic<PresenceChanged> PRESENCE_MOVED =
      new Topic<>("jovial.presence", PresenceChanged.class);

  public static final List<Topic<?>> TOPICS =
      List.of(PUSH, SESSION_ENDED, SHARDS_MOVED, PRESENCE_MOVED);

  private static final Map<String, Operation<?, ?>> CLIENT_BY_NAME = byName(CLIENT_PLANE);
  private static final Map<String, Operation<?, ?>> BY_NAME = byName(OPERATIONS);

  private Catalogue() {}

  /** The client-plane operation of that name; service-plane ones are not found. */
  public static Optional<Operation<?, ?>> clientOperation(String name) {
    return Optional.ofNullable(CLIENT_BY_NAME.get(name));
  }

  /** The operation of that name on either plane. */
  public static Optional<Operation<?, ?>> operation(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** All operations that a service must serve. */
  public static List<Operation<?, ?>> operationsOf(Service service) {
    return OPERATIONS.stream().filter(operation -> operation.service() == service).toList();
  }

  private static List<Operation<?, ?>> ofPlane(boolean service) {
    return OPERATIONS.stream()
        .filter(operation -> (operation.access() == Access.SERVICE) == service)
        .toList();
  }

  private static Map<String, Operation<?, ?>> byName(List<Operation<?, ?>> operations) {
    return operations.stream()
        .collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
  }
}

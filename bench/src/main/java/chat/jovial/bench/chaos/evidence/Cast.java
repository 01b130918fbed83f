package chat.jovial.bench.chaos.evidence;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Participants of a run: devices {@code 0 .. users * devicesPerUser - 1}, and pairs of users who
 * talk.
 *
 * @param userIds by the index of the user
 * @param pairs the conversations
 */
public record Cast(List<String> userIds, int devicesPerUser, List<Pair> pairs) {
  public Cast {
    userIds = List.copyOf(userIds);
    pairs = List.copyOf(pairs);
  }

  /** A direct conversation of two users, by their indexes. */
  public record Pair(String conversationId, int first, int second) {
    public boolean has(int user) {
      return user == first || user == second;
    }

    public int other(int user) {
      return user == first ? second : first;
    }
  }

  public int devices() {
    return userIds.size() * devicesPerUser;
  }

  public int userOf(int device) {
    return device / devicesPerUser;
  }

  public List<Integer> devicesOf(int user) {
    return IntStream.range(user * devicesPerUser, (user + 1) * devicesPerUser).boxed().toList();
  }

  /** Devices of both members. */
  public List<Integer> devicesOf(Pair pair) {
    return IntStream.range(0, devices())
        .filter(device -> pair.has(userOf(device)))
        .boxed()
        .toList();
  }

  /** Indexes of the conversations in which a user is. */
  public List<Integer> conversationsOf(int user) {
    return IntStream.range(0, pairs.size()).filter(i -> pairs.get(i).has(user)).boxed().toList();
  }
}

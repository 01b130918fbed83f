package chat.jovial.bench.chaos.check;

import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.MessageKey;
import chat.jovial.bench.chaos.evidence.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The log of a conversation as its members read it from the server in the end: the order by which
 * all others are judged.
 *
 * @param rows what all members read at each number
 * @param places the numbers of each message, in order
 * @param messages everything that was sent
 */
record Log(
    String name,
    NavigableMap<Long, Long> rows,
    Map<Long, List<Long>> places,
    Map<Long, Message> messages,
    Cast cast) {

  static Log of(Conversation conversation, Cast cast) {
    NavigableMap<Long, Long> rows = new TreeMap<>();
    Map<Long, List<Long>> places = new HashMap<>();
    Map<Long, Message> messages = new HashMap<>();
    conversation
        .histories()
        .values()
        .forEach(history -> history.forEach(row -> rows.putIfAbsent(row.seq(), row.key())));
    rows.forEach((seq, key) -> places.computeIfAbsent(key, unused -> new ArrayList<>()).add(seq));
    conversation
        .messages()
        .values()
        .forEach(sent -> sent.forEach(message -> messages.put(message.key(), message)));
    return new Log(conversation.pair().conversationId(), rows, places, messages, cast);
  }

  boolean has(Row row) {
    Long key = rows.get(row.seq());
    return key != null && key == row.key();
  }

  boolean contains(long key) {
    return places.containsKey(key);
  }

  long end() {
    return rows.isEmpty() ? 0 : rows.lastKey();
  }

  /** The user who sent what is at a number; -1 if nobody did. */
  int senderAt(long seq) {
    long key = rows.getOrDefault(seq, MessageKey.UNKNOWN);
    return key == MessageKey.UNKNOWN ? -1 : cast.userOf(MessageKey.device(key));
  }

  /** For an example: number, message, conversation. */
  String at(long seq, long key) {
    return MessageKey.describe(key) + " at " + seq + " of " + name;
  }
}

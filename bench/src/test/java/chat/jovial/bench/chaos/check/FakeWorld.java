package chat.jovial.bench.chaos.check;

import static java.util.Objects.requireNonNull;

import chat.jovial.bench.chaos.evidence.Cast;
import chat.jovial.bench.chaos.evidence.Conversation;
import chat.jovial.bench.chaos.evidence.Evidence;
import chat.jovial.bench.chaos.evidence.Message;
import chat.jovial.bench.chaos.evidence.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small server and four devices of two users who talk, in one thread. They keep all promises but
 * the one that they are told to break, once, and note what they do as real devices would.
 */
final class FakeWorld {
  /** What goes wrong at the message with {@link #WRONG_AT}. */
  enum Wrong {
    NOTHING,
    STORED_TOLD_BEFORE_A_WRITE_THAT_FAILS,
    WRITTEN_BUT_ONE_MEMBER_CANNOT_READ_IT,
    READ_FROM_A_CACHE_AND_NOT_IN_THE_TABLE,
    STORED_TWICE,
    PUSHED_AND_SHOWN_TWICE,
    SHOWN_AGAIN_AFTER_A_CRASH,
    LOST_ON_THE_WAY_TO_ONE_DEVICE,
    HELD_BUT_NOT_SHOWN,
    SHOWN_BEFORE_THE_ONE_BELOW,
    STORED_AFTER_THE_NEXT_ONE,
    ANSWER_BEFORE_WHAT_IT_ANSWERS,
    A_NUMBER_LEFT_OUT,
    OTHER_CONTENT_ON_ONE_DEVICE,
    OTHER_NUMBER_TOLD_TO_THE_SENDER,
    DELIVERED_TOLD_TOO_EARLY,
    READ_TOLD_TOO_EARLY,
    OUTBOX_EMPTIED_BY_A_CRASH,
    ENTRY_OF_A_STRANGER,
    SHOWN_MUCH_LATER
  }

  private static final int MESSAGES = 40;
  private static final int WRONG_AT = 20;

  private static final int FIRST = 0;
  private static final int READER = 2;
  private static final int OTHER_READER = 3;

  private final Cast cast = new Cast(List.of("ann", "bob"), 2, List.of(new Cast.Pair("d", 0, 1)));
  private final Evidence evidence = new Evidence(cast, this::time);
  private final Conversation noted = evidence.conversation(0);
  private final List<Row> log = new ArrayList<>();
  private final Map<Integer, List<Row>> stores = new HashMap<>();
  private final Wrong wrong;
  private final Duration promptness;
  private long seq;

  /** Nanoseconds; all is done in no time, but for what is late. */
  private long now = 1;

  FakeWorld(Wrong wrong, Duration promptness) {
    this.wrong = wrong;
    this.promptness = promptness;
  }

  private long time() {
    return now++;
  }

  Evidence play() {
    for (int device = 0; device < cast.devices(); device++) {
      stores.put(device, new ArrayList<>());
      noted.noteBegin(device, List.of());
      evidence.presence(device).note(true);
    }
    for (int i = 0; i < MESSAGES; i++) {
      int sender = i % 3 == 0 ? READER : FIRST;
      if (i == WRONG_AT) {
        sendWrong();
      } else {
        send(i, sender);
      }
    }
    stores.forEach(noted::setLocalStore);
    noted.setHistory(0, log);
    noted.setHistory(
        1, wrong == Wrong.WRITTEN_BUT_ONE_MEMBER_CANNOT_READ_IT ? without(WRONG_AT + 1) : log);
    noted.setTable(
        wrong == Wrong.READ_FROM_A_CACHE_AND_NOT_IN_THE_TABLE ? without(WRONG_AT + 1) : log);
    return evidence;
  }

  private List<Row> without(long missing) {
    return log.stream().filter(row -> row.seq() != missing).toList();
  }

  private void send(int number, int sender) {
    Message message = queue(number, sender);
    Row row = store(message);
    message.noteStored(row.seq(), time());
    everybodyGets(row);
  }

  private Message queue(int number, int sender) {
    Message message = noted.noteSend(sender, number, number % 5 == 0 ? seq : 0);
    message.noteQueued(time());
    return message;
  }

  private Row store(Message message) {
    Row row = new Row(++seq, message.key());
    log.add(row);
    return row;
  }

  private void everybodyGets(Row row) {
    for (int device = 0; device < cast.devices(); device++) {
      gets(device, row);
    }
    receipts(row.seq());
  }

  private void gets(int device, Row row) {
    holds(device, row);
    noted.noteShown(device, row.seq(), row.key());
  }

  private void holds(int device, Row row) {
    requireNonNull(stores.get(device)).add(row);
    noted.noteHeld(device, row.seq());
  }

  private void receipts(long upto) {
    noted.noteMarkedRead(READER, upto);
    noted.noteReceipt(FIRST, 1, upto, upto);
  }

  private void sendWrong() {
    switch (wrong) {
      case STORED_TOLD_BEFORE_A_WRITE_THAT_FAILS -> {
        queue(WRONG_AT, FIRST).noteStored(++seq, time());
        noted.noteHeld(READER, seq);
      }
      case OUTBOX_EMPTIED_BY_A_CRASH -> queue(WRONG_AT, FIRST);
      case STORED_TWICE -> {
        Message message = queue(WRONG_AT, FIRST);
        Row row = store(message);
        message.noteStored(row.seq(), time());
        everybodyGets(row);
        everybodyGets(store(message));
      }
      case STORED_AFTER_THE_NEXT_ONE -> {
        Message first = queue(WRONG_AT, FIRST);
        Message second = queue(WRONG_AT + 1000, FIRST);
        for (Message message : List.of(second, first)) {
          Row row = store(message);
          message.noteStored(row.seq(), time());
          everybodyGets(row);
        }
      }
      case ANSWER_BEFORE_WHAT_IT_ANSWERS -> {
        Message message = noted.noteSend(FIRST, WRONG_AT, seq + 2);
        message.noteQueued(time());
        Row row = store(message);
        message.noteStored(row.seq(), time());
        everybodyGets(row);
      }
      case A_NUMBER_LEFT_OUT -> {
        seq++;
        noted.noteHeld(READER, seq);
        send(WRONG_AT, FIRST);
      }
      case OTHER_NUMBER_TOLD_TO_THE_SENDER -> {
        Message message = queue(WRONG_AT, FIRST);
        Row row = store(message);
        message.noteStored(row.seq() - 1, time());
        everybodyGets(row);
      }
      case ENTRY_OF_A_STRANGER -> everybodyGets(addStranger());
      default -> receiveWrong();
    }
  }

  private Row addStranger() {
    Row row = new Row(++seq, chat.jovial.bench.chaos.evidence.MessageKey.of(77, 1));
    log.add(row);
    return row;
  }

  /** Rightly stored, wrongly received. */
  private void receiveWrong() {
    Message message = queue(WRONG_AT, FIRST);
    Row row = store(message);
    message.noteStored(row.seq(), time());
    if (wrong == Wrong.DELIVERED_TOLD_TOO_EARLY) {
      noted.noteReceipt(FIRST, 1, row.seq(), 0);
    }
    for (int device = 0; device < OTHER_READER; device++) {
      gets(device, row);
    }
    switch (wrong) {
      case PUSHED_AND_SHOWN_TWICE -> {
        gets(OTHER_READER, row);
        noted.noteShown(OTHER_READER, row.seq(), row.key());
      }
      case SHOWN_AGAIN_AFTER_A_CRASH -> {
        gets(OTHER_READER, row);
        noted.noteBegin(OTHER_READER, requireNonNull(stores.get(OTHER_READER)));
        noted.noteShown(OTHER_READER, row.seq(), row.key());
      }
      case LOST_ON_THE_WAY_TO_ONE_DEVICE -> {}
      case HELD_BUT_NOT_SHOWN -> holds(OTHER_READER, row);
      case SHOWN_BEFORE_THE_ONE_BELOW -> {
        Message next = queue(WRONG_AT + 1000, FIRST);
        Row second = store(next);
        next.noteStored(second.seq(), time());
        for (int device = 0; device < OTHER_READER; device++) {
          gets(device, second);
        }
        gets(OTHER_READER, second);
        gets(OTHER_READER, row);
      }
      case OTHER_CONTENT_ON_ONE_DEVICE -> {
        Row other = new Row(row.seq(), log.get(0).key());
        requireNonNull(stores.get(OTHER_READER)).add(other);
        noted.noteShown(OTHER_READER, row.seq(), row.key());
      }
      case SHOWN_MUCH_LATER -> {
        now += promptness.plusMillis(100).toNanos();
        gets(OTHER_READER, row);
      }
      case READ_TOLD_TOO_EARLY -> {
        gets(OTHER_READER, row);
        noted.noteReceipt(FIRST, 1, row.seq(), row.seq());
      }
      default -> gets(OTHER_READER, row);
    }
    receipts(seq);
  }
}

package chat.jovial.model.log;

import chat.jovial.model.explore.Rule;

/** The rules of a log. Without one of them the rest of the model is as it is. */
public enum LogRule implements Rule {
  CLAIM_GROWS("each owner writes with a greater timestamp than the last", "Claims.number"),
  EPOCH_GROWS(
      "a lost actor's successor writes with a greater timestamp", "OwnershipTerm.endUnresolved"),
  ONE_CONTENT(
      "within one timestamp a number has one content, however often it is written",
      "RetryingLogWrites.writeGroup"),
  QUORUM("what two of three replicas have acknowledged is acknowledged", "LogWriter.write"),
  LEASE_AFTER_WRITE(
      "`stored` is told only if the lease holds after the write was acknowledged",
      "LogAppender.commit"),
  FENCE(
      "a range tombstone just older than the owner's timestamp lies beyond the tail",
      "LogRecovery.complete"),
  FENCE_BODIES("the fence covers bodies too", "LogWriter.mutation"),
  FENCE_BOTH_BUCKETS("at a boundary the next bucket is fenced too", "LogRecovery.complete"),
  TAIL_BEFORE_GAP("the tail is the last entry before the first gap", "LogRecovery.kept"),
  SECOND_LOOK("everything beyond the base is read, not only the newest entry", "TailReader.read"),
  BASE_OF_FIRST_LOOK(
      "if the second look finds nothing, the base is that of the first", "TailReader.read"),
  REWRITE(
      "entries beyond the base are written again with the new timestamp", "LogRecovery.complete"),
  REBUILD_SENDS("their idempotency rows are written again with them", "LogWriter.addEntry"),
  READ_REPAIR("a quorum read repairs what it shows before it answers", "Schema.OPTIONS"),
  INDEX_FIRST(
      "a bucket's index row is acknowledged before its first entry is sent",
      "LogWriter.openBucket"),
  SEND_ROW_CHECKED(
      "an idempotency row counts only if the entry that it names is that message",
      "SendFinder.find"),
  OLDER_BUCKETS("older buckets are looked in, back to when the id was made", "SendFinder.older"),
  MEMORY_COMPLETE(
      "an id is new without a question only if memory reaches back to when it was made",
      "RecentSends.knowsAllSince"),
  ONE_AT_A_TIME("a second request with an id waits for the first", "SendQueue.pending"),
  MISSING_BODY_IS_GAP(
      "an entry beyond the base without its body, for no known reason, is a gap",
      "LogRecovery.lacksBody"),
  EXPIRED_LEAVES_ROW("a body whose time has run out leaves its row", "LogWriter.addBody (ADR 6)"),
  TIME_LEFT_KEPT("a body that is written again keeps its time to live", "LogWriter.addBody"),
  MARK("a removed body leaves a mark", "BodyRemover.remove"),
  MARK_ABOVE_EPOCH(
      "the mark's timestamp is the later of now and T + 1", "OwnershipTerm.timestampOfRemoval"),
  MARK_FIRST(
      "the mark is acknowledged before the redaction's entry is sent", "LogAppender.prepare"),
  TARGET_ACKNOWLEDGED("nothing beyond the acknowledged end can be a target", "Admission.admit"),
  KEPT_MARKED_AGAIN(
      "a redaction that an activation keeps has its marks written again", "RedactionReplay.replay"),
  HINT_FIRST(
      "the hint to an edit is acknowledged before the edit's entry is sent", "LogAppender.prepare"),
  HINT_CHECKED(
      "a hint counts only if the entry that it names has that target", "ModifierIndex.names"),
  REDACTION_WAITS(
      "a redaction waits for edits taken in before it; those after it are refused",
      "PerTargetSequencer.turnOf"),
  GONE_REFUSED("an edit of what has a mark is refused", "Admission.decide"),
  READ_BELOW_END(
      "nobody is shown an entry beyond the acknowledged end", "CommittedSeqClient.committedSeqs"),
  END_BEFORE_ROWS(
      "an end counts only for rows that are read after it was learned",
      "CommittedSeqClient (ADR 6)"),
  END_UNDER_LEASE(
      "the owner tells its end only while its lease holds", "ConversationLog.committedSeq");

  private final String says;
  private final String code;

  LogRule(String says, String code) {
    this.says = says;
    this.code = code;
  }

  @Override
  public String says() {
    return says;
  }

  @Override
  public String code() {
    return code;
  }
}

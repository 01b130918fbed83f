package chat.jovial.mss.members;

import chat.jovial.cassandra.Cql;

/** Statements of the tables of members: their conversations, and their receipts. */
public enum MemberStatement implements Cql {
  RECORD_ACTIVITY(
      "INSERT INTO $member_conversations (user_id, conversation_id, touched_at)"
          + " VALUES (:user_id, :conversation_id, :touched_at)"),
  CONVERSATIONS_OF_MEMBER(
      "SELECT conversation_id, touched_at FROM $member_conversations WHERE user_id = :user_id"
          + " LIMIT :max"),
  CONVERSATIONS_AMONG(
      "SELECT conversation_id FROM $member_conversations"
          + " WHERE user_id = :user_id AND conversation_id IN :conversation_ids"),
  RECEIPTS_OF_CONVERSATION(
      "SELECT user_id, delivered_upto, read_upto FROM $receipts"
          + " WHERE conversation_id = :conversation_id LIMIT :max"),
  SET_DELIVERED(
      "UPDATE $receipts USING TIMESTAMP :timestamp SET delivered_upto = :watermark"
          + " WHERE conversation_id = :conversation_id AND user_id = :user_id"),
  SET_READ(
      "UPDATE $receipts USING TIMESTAMP :timestamp SET read_upto = :watermark"
          + " WHERE conversation_id = :conversation_id AND user_id = :user_id");

  private final String cql;

  MemberStatement(String cql) {
    this.cql = cql;
  }

  @Override
  public String cql() {
    return cql;
  }
}

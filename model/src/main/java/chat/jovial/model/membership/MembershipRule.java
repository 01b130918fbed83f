package chat.jovial.model.membership;

import chat.jovial.model.explore.Rule;

/** The rules of membership (design, sections 4 and 6); spaces do not exist yet. */
public enum MembershipRule implements Rule {
  QUEUE_COUNTS(
      "a sender is a member after all that is queued before it, not only at the end",
      "not yet built"),
  VIEW_NOT_OLDER(
      "an edge does not push by a view older than the last change of members", "not yet built"),
  FROM_JOIN("an edge pushes nothing from before the reader joined", "not yet built"),
  HISTORY_BY_SEQ(
      "history is filtered by the numbers of joining and leaving, not by a look before",
      "not yet built");

  private final String says;
  private final String code;

  MembershipRule(String says, String code) {
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

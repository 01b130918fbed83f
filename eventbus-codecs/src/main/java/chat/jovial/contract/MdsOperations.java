package chat.jovial.contract;

import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mds.Typing;
import chat.jovial.contract.mss.CommittedSeq;
import chat.jovial.contract.mss.CommittedSeqs;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.GetCommittedSeq;
import chat.jovial.contract.mss.GetCommittedSeqs;
import java.util.List;

/** Operations of the Message Delivery System, each answered by the owner of the conversation. */
public final class MdsOperations {
  private static final OperationList OPERATIONS = new OperationList(Service.MDS);

  // ---- What a client may call.

  public static final Operation<Send, Stored> SEND =
      OPERATIONS.client(
          "mds.send",
          USER,
          NORMAL,
          Send.class,
          Stored.class,
          "Sends a message; the reply means that it is stored and will not be lost.");
  public static final Operation<Edit, Stored> EDIT =
      OPERATIONS.client(
          "mds.edit",
          USER,
          NORMAL,
          Edit.class,
          Stored.class,
          "Gives one of the caller's own messages another body.");
  public static final Operation<Redact, Stored> REDACT =
      OPERATIONS.client(
          "mds.redact",
          USER,
          NORMAL,
          Redact.class,
          Stored.class,
          "Takes one of the caller's own messages back: its body is gone from the store.");
  public static final Operation<React, Stored> REACT =
      OPERATIONS.client(
          "mds.react",
          USER,
          NORMAL,
          React.class,
          Stored.class,
          "Adds the caller's reaction to a message, or takes it back.");
  public static final Operation<Ack, Nothing> ACK =
      OPERATIONS.client(
          "mds.ack",
          USER,
          NORMAL,
          Ack.class,
          Nothing.class,
          "Tells how far the caller has received or read a conversation; answered when stored.");
  public static final Operation<Typing, Nothing> TYPING =
      OPERATIONS.client(
          "mds.typing",
          USER,
          NORMAL,
          Typing.class,
          Nothing.class,
          "Tells the other members that the caller is writing; kept nowhere.");
  public static final Operation<DeleteFrom, Deleted> DELETE_FROM =
      OPERATIONS.client(
          "mss.delete_from",
          USER,
          NORMAL,
          DeleteFrom.class,
          Deleted.class,
          "Removes the bodies of all messages of a conversation from a time on.");

  // ---- Between services.

  public static final Operation<GetCommittedSeq, CommittedSeq> COMMITTED_SEQ =
      OPERATIONS.service("mds.log.end", GetCommittedSeq.class, CommittedSeq.class);
  public static final Operation<GetCommittedSeqs, CommittedSeqs> COMMITTED_SEQS =
      OPERATIONS.service("mds.log.ends", GetCommittedSeqs.class, CommittedSeqs.class);

  private MdsOperations() {}

  static List<Operation<?, ?>> all() {
    return OPERATIONS.all();
  }
}

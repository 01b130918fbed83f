package chat.jovial.contract;

import static chat.jovial.contract.Access.ANYONE;
import static chat.jovial.contract.Access.APP;
import static chat.jovial.contract.Access.SECRET;
import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.CREDENTIALS;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.fss.ChunkBytes;
import chat.jovial.contract.fss.CompleteUpload;
import chat.jovial.contract.fss.CreateUpload;
import chat.jovial.contract.fss.EndUpload;
import chat.jovial.contract.fss.FileDelete;
import chat.jovial.contract.fss.FileGet;
import chat.jovial.contract.fss.FileInfo;
import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.fss.FindFile;
import chat.jovial.contract.fss.FindUpload;
import chat.jovial.contract.fss.ReadChunk;
import chat.jovial.contract.fss.SetLength;
import chat.jovial.contract.fss.SignFileToken;
import chat.jovial.contract.fss.StoredFile;
import chat.jovial.contract.fss.TakeUpload;
import chat.jovial.contract.fss.TakenUpload;
import chat.jovial.contract.fss.Thumbnail;
import chat.jovial.contract.fss.ThumbnailRead;
import chat.jovial.contract.fss.TokenCreate;
import chat.jovial.contract.fss.Upload;
import chat.jovial.contract.fss.WriteChunk;
import chat.jovial.contract.mds.Ack;
import chat.jovial.contract.mds.Edit;
import chat.jovial.contract.mds.MessagePage;
import chat.jovial.contract.mds.MessageQuery;
import chat.jovial.contract.mds.Push;
import chat.jovial.contract.mds.Pushes;
import chat.jovial.contract.mds.React;
import chat.jovial.contract.mds.Redact;
import chat.jovial.contract.mds.Send;
import chat.jovial.contract.mds.ShardsMoved;
import chat.jovial.contract.mds.Stored;
import chat.jovial.contract.mds.Typing;
import chat.jovial.contract.mss.AcknowledgedEnd;
import chat.jovial.contract.mss.AcknowledgedEndList;
import chat.jovial.contract.mss.AcknowledgedEndQuery;
import chat.jovial.contract.mss.AcknowledgedEndsQuery;
import chat.jovial.contract.mss.CheckKeys;
import chat.jovial.contract.mss.Contacts;
import chat.jovial.contract.mss.ContactsQuery;
import chat.jovial.contract.mss.CountRange;
import chat.jovial.contract.mss.DeleteFrom;
import chat.jovial.contract.mss.Deleted;
import chat.jovial.contract.mss.FindSend;
import chat.jovial.contract.mss.FindTime;
import chat.jovial.contract.mss.FoundSend;
import chat.jovial.contract.mss.FoundTime;
import chat.jovial.contract.mss.HideRange;
import chat.jovial.contract.mss.History;
import chat.jovial.contract.mss.HistoryPage;
import chat.jovial.contract.mss.LogTail;
import chat.jovial.contract.mss.RangeCount;
import chat.jovial.contract.mss.RangeRemoved;
import chat.jovial.contract.mss.ReadReceipts;
import chat.jovial.contract.mss.ReadTail;
import chat.jovial.contract.mss.ReadTarget;
import chat.jovial.contract.mss.Receipts;
import chat.jovial.contract.mss.RemoveBodies;
import chat.jovial.contract.mss.RemoveRange;
import chat.jovial.contract.mss.Sync;
import chat.jovial.contract.mss.SyncPage;
import chat.jovial.contract.mss.Target;
import chat.jovial.contract.mss.Touch;
import chat.jovial.contract.mss.WriteGroup;
import chat.jovial.contract.mss.WriteHints;
import chat.jovial.contract.mss.WriteReceipts;
import chat.jovial.contract.presence.PresenceMoved;
import chat.jovial.contract.presence.PresenceWatch;
import chat.jovial.contract.presence.Presences;
import chat.jovial.contract.session.SessionOpen;
import chat.jovial.contract.session.SessionOpened;
import chat.jovial.contract.ums.Account;
import chat.jovial.contract.ums.AccountGet;
import chat.jovial.contract.ums.AccountUpdate;
import chat.jovial.contract.ums.AppKey;
import chat.jovial.contract.ums.AppKeyRequest;
import chat.jovial.contract.ums.AppRegister;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.AppVerified;
import chat.jovial.contract.ums.AppVerify;
import chat.jovial.contract.ums.DeviceSessions;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUsers;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.Login;
import chat.jovial.contract.ums.Logout;
import chat.jovial.contract.ums.PresencePreferences;
import chat.jovial.contract.ums.PresencePreferencesQuery;
import chat.jovial.contract.ums.PublicKeys;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.RevokedSince;
import chat.jovial.contract.ums.SessionEnded;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.contract.ums.UserExistsQuery;
import chat.jovial.contract.ums.UserRegister;
import chat.jovial.contract.ums.UserRegistered;
import chat.jovial.contract.ums.UserToken;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.UserVerify;
import chat.jovial.contract.ums.UsersSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every operation there is, declared once. From this list come the bus consumers, what the bridges
 * let through, the HTTP routes, the OpenAPI page, the tables of {@code docs/protocol.md}, and the
 * test that each has a handler. To add one: its records, a line here, its handler.
 */
public final class Catalogue {
  // ---- User Management System
  public static final Operation<AppRegister, AppRegistered> APP_REGISTER =
      new Operation<>(
          "ums.app.register",
          Service.UMS,
          ANYONE,
          CREDENTIALS,
          AppRegister.class,
          AppRegistered.class,
          "Registers an app; the secret is shown this once and kept only as a hash.");
  public static final Operation<AppVerify, AppVerified> APP_VERIFY =
      new Operation<>(
          "ums.app.verify",
          Service.UMS,
          ANYONE,
          NORMAL,
          AppVerify.class,
          AppVerified.class,
          "Tells whether an app_key is genuine and whose it is.");
  public static final Operation<AppKeyRequest, AppKey> APP_KEY =
      new Operation<>(
          "ums.app.key",
          Service.UMS,
          SECRET,
          CREDENTIALS,
          AppKeyRequest.class,
          AppKey.class,
          "Gives a fresh app_key for an app's id and secret.");
  public static final Operation<UserRegister, UserRegistered> USER_REGISTER =
      new Operation<>(
          "ums.user.register",
          Service.UMS,
          APP,
          CREDENTIALS,
          UserRegister.class,
          UserRegistered.class,
          "Registers a user under an app.");
  public static final Operation<Login, LoggedIn> USER_LOGIN =
      new Operation<>(
          "ums.user.login",
          Service.UMS,
          APP,
          CREDENTIALS,
          Login.class,
          LoggedIn.class,
          "Logs a user in on a device and gives the tokens of that device session.");
  public static final Operation<UserToken, LoggedIn> USER_TOKEN =
      new Operation<>(
          "ums.user.token",
          Service.UMS,
          SECRET,
          NORMAL,
          UserToken.class,
          LoggedIn.class,
          "Gives tokens for a user whom the app itself has authenticated; makes the user if new.");
  public static final Operation<Refresh, LoggedIn> USER_REFRESH =
      new Operation<>(
          "ums.user.refresh",
          Service.UMS,
          ANYONE,
          NORMAL,
          Refresh.class,
          LoggedIn.class,
          "Changes a refresh token for new tokens; using one twice ends its device session.");
  public static final Operation<Logout, Nothing> USER_LOGOUT =
      new Operation<>(
          "ums.user.logout",
          Service.UMS,
          USER,
          NORMAL,
          Logout.class,
          Nothing.class,
          "Ends this device session, or that of another device of the same user.");
  public static final Operation<Nothing, DeviceSessions> USER_SESSIONS =
      new Operation<>(
          "ums.user.sessions",
          Service.UMS,
          USER,
          NORMAL,
          Nothing.class,
          DeviceSessions.class,
          "Lists the devices on which the user is logged in.");
  public static final Operation<UserVerify, UserVerified> USER_VERIFY =
      new Operation<>(
          "ums.user.verify",
          Service.UMS,
          ANYONE,
          NORMAL,
          UserVerify.class,
          UserVerified.class,
          "Tells whether a user_token is genuine and still valid, and whose it is.");
  public static final Operation<FindUsers, FoundUsers> USERS_FIND =
      new Operation<>(
          "ums.users.find",
          Service.UMS,
          USER,
          NORMAL,
          FindUsers.class,
          FoundUsers.class,
          "Finds users of the caller's app by name, by the beginning of a name, or by id.");

  public static final Operation<AccountGet, Account> ACCOUNT_GET =
      new Operation<>(
          "ums.account.get",
          Service.UMS,
          USER,
          NORMAL,
          AccountGet.class,
          Account.class,
          "Reads the caller's account, or what another user of the app shows of theirs.");
  public static final Operation<AccountUpdate, Account> ACCOUNT_UPDATE =
      new Operation<>(
          "ums.account.update",
          Service.UMS,
          USER,
          NORMAL,
          AccountUpdate.class,
          Account.class,
          "Changes fields of the caller's profile and preferences; what is not given stays.");

  // ---- Edge
  public static final Operation<SessionOpen, SessionOpened> SESSION_OPEN =
      new Operation<>(
          "session.open",
          Service.EDGE,
          ANYONE,
          NORMAL,
          SessionOpen.class,
          SessionOpened.class,
          "Binds this connection to a user; again, with a fresh token, it renews the session.");

  // ---- Message Delivery System
  public static final Operation<Send, Stored> SEND =
      new Operation<>(
          "mds.send",
          Service.MDS,
          USER,
          NORMAL,
          Send.class,
          Stored.class,
          "Sends a message; the reply means that it is stored and will not be lost.");
  public static final Operation<Edit, Stored> EDIT =
      new Operation<>(
          "mds.edit",
          Service.MDS,
          USER,
          NORMAL,
          Edit.class,
          Stored.class,
          "Gives one of the caller's own messages another body.");
  public static final Operation<Redact, Stored> REDACT =
      new Operation<>(
          "mds.redact",
          Service.MDS,
          USER,
          NORMAL,
          Redact.class,
          Stored.class,
          "Takes one of the caller's own messages back: its body is gone from the store.");
  public static final Operation<React, Stored> REACT =
      new Operation<>(
          "mds.react",
          Service.MDS,
          USER,
          NORMAL,
          React.class,
          Stored.class,
          "Adds the caller's reaction to a message, or takes it back.");
  public static final Operation<Ack, Nothing> ACK =
      new Operation<>(
          "mds.ack",
          Service.MDS,
          USER,
          NORMAL,
          Ack.class,
          Nothing.class,
          "Tells how far the caller has received or read a conversation; answered when stored.");
  public static final Operation<Typing, Nothing> TYPING =
      new Operation<>(
          "mds.typing",
          Service.MDS,
          USER,
          NORMAL,
          Typing.class,
          Nothing.class,
          "Tells the other members that the caller is writing; kept nowhere.");
  public static final Operation<MessageQuery, MessagePage> RECEIVED =
      new Operation<>(
          "mds.received",
          Service.MSS,
          USER,
          NORMAL,
          MessageQuery.class,
          MessagePage.class,
          "Messages from others to the caller over all conversations, newest first.");
  public static final Operation<MessageQuery, MessagePage> SENT =
      new Operation<>(
          "mds.sent",
          Service.MSS,
          USER,
          NORMAL,
          MessageQuery.class,
          MessagePage.class,
          "The caller's own messages over all conversations, newest first.");

  // ---- Message Storage System
  public static final Operation<History, HistoryPage> HISTORY =
      new Operation<>(
          "mss.history",
          Service.MSS,
          USER,
          NORMAL,
          History.class,
          HistoryPage.class,
          "Reads a conversation: before or after an entry, from a time on, or its newest entries.");

  public static final Operation<Sync, SyncPage> SYNC =
      new Operation<>(
          "mss.sync",
          Service.MSS,
          USER,
          NORMAL,
          Sync.class,
          SyncPage.class,
          "What is new in all conversations since the last sync: their state, and their newest"
              + " entries.");

  public static final Operation<DeleteFrom, Deleted> DELETE_FROM =
      new Operation<>(
          "mss.delete_from",
          Service.MDS,
          USER,
          NORMAL,
          DeleteFrom.class,
          Deleted.class,
          "Removes the bodies of all messages of a conversation from a time on.");
  // ---- File Store System; bytes go over HTTP
  public static final Operation<TokenCreate, FileToken> TOKEN_CREATE =
      new Operation<>(
          "fss.token.create",
          Service.FSS,
          USER,
          NORMAL,
          TokenCreate.class,
          FileToken.class,
          "Gives a token with which others read a file.");
  public static final Operation<FileGet, FileInfo> FILE_GET =
      new Operation<>(
          "fss.file.get",
          Service.FSS,
          USER,
          NORMAL,
          FileGet.class,
          FileInfo.class,
          "Tells a file's size, type, hash and name.");
  public static final Operation<FileDelete, Nothing> FILE_DELETE =
      new Operation<>(
          "fss.file.delete",
          Service.FSS,
          USER,
          NORMAL,
          FileDelete.class,
          Nothing.class,
          "Deletes one of the caller's own files: nobody can read it any more.");

  // ---- Presence, served by the edge
  public static final Operation<PresenceWatch, Presences> PRESENCE_WATCH =
      new Operation<>(
          "presence.watch",
          Service.EDGE,
          USER,
          NORMAL,
          PresenceWatch.class,
          Presences.class,
          "Tells who is online, and from then on, on a connection with a session, when that changes;"
              + " whether others see it is each user's choice.");

  // ---- Between services
  public static final Operation<Nothing, PublicKeys> PUBLIC_KEYS =
      service("ums.keys.public", Service.UMS, Nothing.class, PublicKeys.class);
  public static final Operation<RevokedSince, Revocations> REVOKED_SINCE =
      service("ums.sessions.revoked", Service.UMS, RevokedSince.class, Revocations.class);
  public static final Operation<UserExistsQuery, UserExists> USER_EXISTS =
      service("ums.users.exists", Service.UMS, UserExistsQuery.class, UserExists.class);
  public static final Operation<PresencePreferencesQuery, PresencePreferences> USERS_PRESENCE =
      service(
          "ums.users.presence",
          Service.UMS,
          PresencePreferencesQuery.class,
          PresencePreferences.class);
  public static final Operation<AcknowledgedEndQuery, AcknowledgedEnd> ACKNOWLEDGED_END =
      service("mds.log.end", Service.MDS, AcknowledgedEndQuery.class, AcknowledgedEnd.class);
  public static final Operation<AcknowledgedEndsQuery, AcknowledgedEndList> ACKNOWLEDGED_ENDS =
      service("mds.log.ends", Service.MDS, AcknowledgedEndsQuery.class, AcknowledgedEndList.class);
  public static final Operation<ReadTail, LogTail> READ_TAIL =
      service("mss.log.tail", Service.MSS, ReadTail.class, LogTail.class);
  public static final Operation<WriteGroup, Nothing> WRITE_GROUP =
      service("mss.log.write", Service.MSS, WriteGroup.class, Nothing.class);
  public static final Operation<FindSend, FoundSend> FIND_SEND =
      service("mss.log.send", Service.MSS, FindSend.class, FoundSend.class);
  public static final Operation<Touch, Nothing> TOUCH =
      service("mss.log.touch", Service.MSS, Touch.class, Nothing.class);
  public static final Operation<ReadTarget, Target> READ_TARGET =
      service("mss.log.target", Service.MSS, ReadTarget.class, Target.class);
  public static final Operation<WriteHints, Nothing> WRITE_HINTS =
      service("mss.log.hint", Service.MSS, WriteHints.class, Nothing.class);
  public static final Operation<RemoveBodies, Nothing> REMOVE_BODIES =
      service("mss.log.remove", Service.MSS, RemoveBodies.class, Nothing.class);
  public static final Operation<RemoveRange, RangeRemoved> REMOVE_RANGE =
      service("mss.log.remove_range", Service.MSS, RemoveRange.class, RangeRemoved.class);
  public static final Operation<HideRange, Nothing> HIDE_RANGE =
      service("mss.log.hide_range", Service.MSS, HideRange.class, Nothing.class);
  public static final Operation<CountRange, RangeCount> COUNT_RANGE =
      service("mss.log.count_range", Service.MSS, CountRange.class, RangeCount.class);
  public static final Operation<CheckKeys, Nothing> CHECK_KEYS =
      service("mss.log.keys", Service.MSS, CheckKeys.class, Nothing.class);
  public static final Operation<FindTime, FoundTime> FIND_TIME =
      service("mss.log.time", Service.MSS, FindTime.class, FoundTime.class);
  public static final Operation<ReadReceipts, Receipts> READ_RECEIPTS =
      service("mss.receipts.read", Service.MSS, ReadReceipts.class, Receipts.class);
  public static final Operation<WriteReceipts, Nothing> WRITE_RECEIPTS =
      service("mss.receipts.write", Service.MSS, WriteReceipts.class, Nothing.class);

  public static final Operation<UsersSeen, Nothing> USERS_SEEN =
      service("ums.users.seen", Service.UMS, UsersSeen.class, Nothing.class);
  public static final Operation<ContactsQuery, Contacts> CONTACTS =
      service("mss.contacts", Service.MSS, ContactsQuery.class, Contacts.class);
  public static final Operation<CreateUpload, Upload> UPLOAD_CREATE =
      service("fss.upload.create", Service.FSS, CreateUpload.class, Upload.class);
  public static final Operation<FindUpload, Upload> UPLOAD_FIND =
      service("fss.upload.find", Service.FSS, FindUpload.class, Upload.class);
  public static final Operation<SetLength, Upload> UPLOAD_LENGTH =
      service("fss.upload.length", Service.FSS, SetLength.class, Upload.class);
  public static final Operation<TakeUpload, TakenUpload> UPLOAD_TAKE =
      service("fss.upload.take", Service.FSS, TakeUpload.class, TakenUpload.class);
  public static final Operation<CompleteUpload, FileInfo> UPLOAD_COMPLETE =
      service("fss.upload.complete", Service.FSS, CompleteUpload.class, FileInfo.class);
  public static final Operation<EndUpload, Nothing> UPLOAD_END =
      service("fss.upload.end", Service.FSS, EndUpload.class, Nothing.class);
  public static final Operation<WriteChunk, Nothing> WRITE_CHUNK =
      service("fss.chunk.write", Service.FSS, WriteChunk.class, Nothing.class);
  public static final Operation<ReadChunk, ChunkBytes> READ_CHUNK =
      service("fss.chunk.read", Service.FSS, ReadChunk.class, ChunkBytes.class);
  public static final Operation<FindFile, StoredFile> FILE_FIND =
      service("fss.file.find", Service.FSS, FindFile.class, StoredFile.class);
  public static final Operation<ThumbnailRead, Thumbnail> THUMBNAIL_READ =
      service("fss.thumbnail.read", Service.FSS, ThumbnailRead.class, Thumbnail.class);
  public static final Operation<SignFileToken, FileToken> SIGN_FILE_TOKEN =
      service("ums.file_token.sign", Service.UMS, SignFileToken.class, FileToken.class);

  public static final Operation<Pushes, Nothing> PUSHES =
      service("edge.push", Service.EDGE, Pushes.class, Nothing.class);

  /** What a client may call, in the order in which the documentation shows it. */
  public static final List<Operation<?, ?>> CLIENT_PLANE =
      List.of(
          APP_REGISTER,
          APP_VERIFY,
          APP_KEY,
          USER_REGISTER,
          USER_LOGIN,
          USER_TOKEN,
          USER_REFRESH,
          USER_LOGOUT,
          USER_SESSIONS,
          USER_VERIFY,
          USERS_FIND,
          ACCOUNT_GET,
          ACCOUNT_UPDATE,
          SESSION_OPEN,
          SEND,
          EDIT,
          REDACT,
          REACT,
          ACK,
          TYPING,
          RECEIVED,
          SENT,
          HISTORY,
          SYNC,
          DELETE_FROM,
          TOKEN_CREATE,
          FILE_GET,
          FILE_DELETE,
          PRESENCE_WATCH);

  /** What only verticles may call. */
  public static final List<Operation<?, ?>> SERVICE_PLANE =
      List.of(
          PUBLIC_KEYS,
          REVOKED_SINCE,
          USER_EXISTS,
          USERS_PRESENCE,
          ACKNOWLEDGED_END,
          ACKNOWLEDGED_ENDS,
          READ_TAIL,
          WRITE_GROUP,
          FIND_SEND,
          TOUCH,
          READ_TARGET,
          WRITE_HINTS,
          REMOVE_BODIES,
          REMOVE_RANGE,
          HIDE_RANGE,
          COUNT_RANGE,
          CHECK_KEYS,
          FIND_TIME,
          READ_RECEIPTS,
          WRITE_RECEIPTS,
          USERS_SEEN,
          CONTACTS,
          PUSHES,
          UPLOAD_CREATE,
          UPLOAD_FIND,
          UPLOAD_LENGTH,
          UPLOAD_TAKE,
          UPLOAD_COMPLETE,
          UPLOAD_END,
          WRITE_CHUNK,
          READ_CHUNK,
          FILE_FIND,
          THUMBNAIL_READ,
          SIGN_FILE_TOKEN);

  /** What this node's own edge is to send to devices; never leaves the node. */
  public static final Topic<Push> PUSH = new Topic<>("jovial.push", Push.class);

  /** A device session that has ended: edges close its connections. */
  public static final Topic<SessionEnded> SESSION_ENDED =
      new Topic<>("jovial.session.ended", SessionEnded.class);

  /** Shards that were freed or claimed: a hint to look at who owns what. */
  public static final Topic<ShardsMoved> SHARDS_MOVED =
      new Topic<>("jovial.shards", ShardsMoved.class);

  /** Users who came or went, for the edges on which somebody watches them. */
  public static final Topic<PresenceMoved> PRESENCE_MOVED =
      new Topic<>("jovial.presence", PresenceMoved.class);

  public static final List<Topic<?>> TOPICS =
      List.of(PUSH, SESSION_ENDED, SHARDS_MOVED, PRESENCE_MOVED);

  private static final Map<String, Operation<?, ?>> CLIENT_BY_NAME = byName(CLIENT_PLANE.stream());
  private static final Map<String, Operation<?, ?>> BY_NAME =
      byName(Stream.concat(CLIENT_PLANE.stream(), SERVICE_PLANE.stream()));

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
    return BY_NAME.values().stream().filter(operation -> operation.service() == service).toList();
  }

  private static <Q extends Request, R extends Reply> Operation<Q, R> service(
      String name, Service service, Class<Q> request, Class<R> reply) {
    return new Operation<>(name, service, Access.SERVICE, NORMAL, request, reply, "");
  }

  private static Map<String, Operation<?, ?>> byName(Stream<Operation<?, ?>> operations) {
    return operations.collect(Collectors.toUnmodifiableMap(Operation::name, Function.identity()));
  }
}

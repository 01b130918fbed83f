package chat.jovial.contract;

import static chat.jovial.contract.Access.ANYONE;
import static chat.jovial.contract.Access.APP;
import static chat.jovial.contract.Access.SECRET;
import static chat.jovial.contract.Access.USER;
import static chat.jovial.contract.RateClass.CREDENTIALS;
import static chat.jovial.contract.RateClass.NORMAL;

import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.fss.SignFileToken;
import chat.jovial.contract.ums.Account;
import chat.jovial.contract.ums.AppKey;
import chat.jovial.contract.ums.AppRegistered;
import chat.jovial.contract.ums.AppVerified;
import chat.jovial.contract.ums.CheckUserExists;
import chat.jovial.contract.ums.DeviceSessions;
import chat.jovial.contract.ums.FindUsers;
import chat.jovial.contract.ums.FoundUsers;
import chat.jovial.contract.ums.GetAccount;
import chat.jovial.contract.ums.GetPresencePreferences;
import chat.jovial.contract.ums.IssueAppKey;
import chat.jovial.contract.ums.IssueUserToken;
import chat.jovial.contract.ums.ListRevocations;
import chat.jovial.contract.ums.LogIn;
import chat.jovial.contract.ums.LogOut;
import chat.jovial.contract.ums.LoggedIn;
import chat.jovial.contract.ums.PresencePreferences;
import chat.jovial.contract.ums.PublicKeys;
import chat.jovial.contract.ums.RecordLastSeen;
import chat.jovial.contract.ums.Refresh;
import chat.jovial.contract.ums.RegisterApp;
import chat.jovial.contract.ums.RegisterUser;
import chat.jovial.contract.ums.Revocations;
import chat.jovial.contract.ums.UpdateAccount;
import chat.jovial.contract.ums.UserExists;
import chat.jovial.contract.ums.UserRegistered;
import chat.jovial.contract.ums.UserVerified;
import chat.jovial.contract.ums.VerifyApp;
import chat.jovial.contract.ums.VerifyUser;
import java.util.List;

/** Operations of the User Management System: apps, users, device sessions, keys. */
public final class UmsOperations {
  private static final OperationList OPERATIONS = new OperationList(Service.UMS);

  // ---- What a client may call.

  public static final Operation<RegisterApp, AppRegistered> APP_REGISTER =
      OPERATIONS.client(
          "ums.app.register",
          ANYONE,
          CREDENTIALS,
          RegisterApp.class,
          AppRegistered.class,
          "Registers an app; the secret is shown this once and kept only as a hash.");
  public static final Operation<VerifyApp, AppVerified> APP_VERIFY =
      OPERATIONS.client(
          "ums.app.verify",
          ANYONE,
          NORMAL,
          VerifyApp.class,
          AppVerified.class,
          "Tells whether an app_key is genuine and whose it is.");
  public static final Operation<IssueAppKey, AppKey> APP_KEY =
      OPERATIONS.client(
          "ums.app.key",
          SECRET,
          CREDENTIALS,
          IssueAppKey.class,
          AppKey.class,
          "Gives a fresh app_key for an app's id and secret.");
  public static final Operation<RegisterUser, UserRegistered> USER_REGISTER =
      OPERATIONS.client(
          "ums.user.register",
          APP,
          CREDENTIALS,
          RegisterUser.class,
          UserRegistered.class,
          "Registers a user under an app.");
  public static final Operation<LogIn, LoggedIn> USER_LOGIN =
      OPERATIONS.client(
          "ums.user.login",
          APP,
          CREDENTIALS,
          LogIn.class,
          LoggedIn.class,
          "Logs a user in on a device and gives the tokens of that device session.");
  public static final Operation<IssueUserToken, LoggedIn> USER_TOKEN =
      OPERATIONS.client(
          "ums.user.token",
          SECRET,
          NORMAL,
          IssueUserToken.class,
          LoggedIn.class,
          "Gives tokens for a user whom the app itself has authenticated; makes the user if new.");
  public static final Operation<Refresh, LoggedIn> USER_REFRESH =
      OPERATIONS.client(
          "ums.user.refresh",
          ANYONE,
          NORMAL,
          Refresh.class,
          LoggedIn.class,
          "Changes a refresh token for new tokens; using one twice ends its device session.");
  public static final Operation<LogOut, Nothing> USER_LOGOUT =
      OPERATIONS.client(
          "ums.user.logout",
          USER,
          NORMAL,
          LogOut.class,
          Nothing.class,
          "Ends this device session, or that of another device of the same user.");
  public static final Operation<Nothing, DeviceSessions> USER_SESSIONS =
      OPERATIONS.client(
          "ums.user.sessions",
          USER,
          NORMAL,
          Nothing.class,
          DeviceSessions.class,
          "Lists the devices on which the user is logged in.");
  public static final Operation<VerifyUser, UserVerified> USER_VERIFY =
      OPERATIONS.client(
          "ums.user.verify",
          ANYONE,
          NORMAL,
          VerifyUser.class,
          UserVerified.class,
          "Tells whether a user_token is genuine and still valid, and whose it is.");
  public static final Operation<FindUsers, FoundUsers> USERS_FIND =
      OPERATIONS.client(
          "ums.users.find",
          USER,
          NORMAL,
          FindUsers.class,
          FoundUsers.class,
          "Finds users of the caller's app by name, by the beginning of a name, or by id.");
  public static final Operation<GetAccount, Account> ACCOUNT_GET =
      OPERATIONS.client(
          "ums.account.get",
          USER,
          NORMAL,
          GetAccount.class,
          Account.class,
          "Reads the caller's account, or what another user of the app shows of theirs.");
  public static final Operation<UpdateAccount, Account> ACCOUNT_UPDATE =
      OPERATIONS.client(
          "ums.account.update",
          USER,
          NORMAL,
          UpdateAccount.class,
          Account.class,
          "Changes fields of the caller's profile and preferences; what is not given stays.");

  // ---- Between services.

  public static final Operation<Nothing, PublicKeys> PUBLIC_KEYS =
      OPERATIONS.service("ums.keys.public", Nothing.class, PublicKeys.class);
  public static final Operation<ListRevocations, Revocations> REVOKED_SINCE =
      OPERATIONS.service("ums.sessions.revoked", ListRevocations.class, Revocations.class);
  public static final Operation<CheckUserExists, UserExists> USER_EXISTS =
      OPERATIONS.service("ums.users.exists", CheckUserExists.class, UserExists.class);
  public static final Operation<GetPresencePreferences, PresencePreferences> USERS_PRESENCE =
      OPERATIONS.service(
          "ums.users.presence", GetPresencePreferences.class, PresencePreferences.class);
  public static final Operation<RecordLastSeen, Nothing> USERS_SEEN =
      OPERATIONS.service("ums.users.seen", RecordLastSeen.class, Nothing.class);
  public static final Operation<SignFileToken, FileToken> SIGN_FILE_TOKEN =
      OPERATIONS.service("ums.file_token.sign", SignFileToken.class, FileToken.class);

  private UmsOperations() {}

  static List<Operation<?, ?>> all() {
    return OPERATIONS.all();
  }
}

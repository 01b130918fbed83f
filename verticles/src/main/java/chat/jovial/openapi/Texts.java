package chat.jovial.openapi;

import chat.jovial.contract.Access;
import chat.jovial.contract.ErrorCode;
import chat.jovial.contract.Service;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The sentences of the document that no single operation has. */
final class Texts {
  static final String INTRODUCTION =
      """
      Every operation is a POST of a JSON object. The same operations, by the same names, go over \
      WebSocket, SockJS and TCP, where events are pushed as well.

      First steps: `ums.app.register` gives an `app_key`; with it `ums.user.register` and \
      `ums.user.login`; the `user_token` that the login gives is the bearer token of the rest.

      Names are snake_case, times RFC 3339 in UTC, ids are strings. Unknown fields are ignored.""";

  private Texts() {}

  static String caller(Access access) {
    return switch (access) {
      case ANYONE -> "Anyone may call it.";
      case APP -> "Needs an app_key, in the header X-App-Key or in the body.";
      case SECRET -> "Needs app_id and app_secret: only for the app's own servers.";
      case USER -> "Needs a user_token.";
      case SERVICE -> "Not for clients.";
    };
  }

  static String service(Service service) {
    return switch (service) {
      case UMS -> "Apps, users and their device sessions";
      case MDS -> "Sending messages";
      case MSS -> "Reading messages";
      case FSS -> "Files; their bytes go over HTTP";
      case EDGE -> "Connections";
    };
  }

  static String errors() {
    return "Failed: "
        + Arrays.stream(ErrorCode.values())
            .map(code -> "%s (%d)".formatted(code.wireName(), code.status()))
            .collect(Collectors.joining(", "))
        + ".";
  }
}

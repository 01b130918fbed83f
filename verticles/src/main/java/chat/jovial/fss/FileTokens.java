package chat.jovial.fss;

import chat.jovial.access.Memberships;
import chat.jovial.contract.Caller;
import chat.jovial.contract.JovialException;
import chat.jovial.contract.UmsOperations;
import chat.jovial.contract.bus.ServiceClient;
import chat.jovial.contract.fss.CreateFileToken;
import chat.jovial.contract.fss.FileGrant;
import chat.jovial.contract.fss.FileToken;
import chat.jovial.contract.fss.GetStoredFile;
import chat.jovial.contract.fss.SignFileToken;
import chat.jovial.contract.fss.StoredFile;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * Issuer of file_tokens: the uploader may grant a file to anybody, and a member of the conversation
 * that a file was uploaded to may renew an expired token for that conversation. UMS signs them.
 */
final class FileTokens {
  private final Files files;
  private final Memberships memberships;
  private final ServiceClient services;
  private final Duration lifetime;

  /**
   * @param lifetime of a token, unless a shorter one is asked for
   */
  FileTokens(Files files, Memberships memberships, ServiceClient services, Duration lifetime) {
    this.files = files;
    this.memberships = memberships;
    this.services = services;
    this.lifetime = lifetime;
  }

  Future<FileToken> create(Caller caller, CreateFileToken request) {
    String appId = caller.requireApp();
    String userId = caller.requireUser();
    int expiresIn = expiresIn(request);
    return files
        .find(new GetStoredFile(request.fileId()))
        .compose(file -> checkMayGive(appId, userId, file, request.grant()).map(file))
        .compose(
            file ->
                services.call(
                    UmsOperations.SIGN_FILE_TOKEN,
                    Caller.SERVICE,
                    new SignFileToken(
                        appId,
                        userId,
                        request.fileId(),
                        request.access(),
                        file.info().mimeType(),
                        request.grant(),
                        expiresIn)));
  }

  private int expiresIn(CreateFileToken request) {
    int longest = Math.toIntExact(lifetime.toSeconds());
    Integer asked = request.expiresIn();
    if (asked != null && asked > longest) {
      throw JovialException.invalid("expires_in must be at most " + longest);
    }
    return asked == null ? longest : asked;
  }

  private Future<Void> checkMayGive(String appId, String userId, StoredFile file, FileGrant grant) {
    if (!file.place().appId().equals(appId)) {
      return Future.failedFuture(unknown());
    }
    boolean own = file.place().senderId().equals(userId);
    String conversationId = grant.conversationId();
    if (conversationId != null && (own || conversationId.equals(file.place().conversationId()))) {
      return memberships
          .isMember(userId, conversationId)
          .compose(
              member ->
                  member
                      ? Future.succeededFuture()
                      : Future.failedFuture(
                          own
                              ? JovialException.forbidden(
                                  "you are not a member of " + conversationId)
                              : unknown()));
    }
    if (!own) {
      return Future.failedFuture(unknown());
    }
    return grant.spaceId() == null
        ? Future.succeededFuture()
        : Future.failedFuture(JovialException.notFound("there is no space " + grant.spaceId()));
  }

  private static JovialException unknown() {
    return JovialException.notFound("there is no such file");
  }
}

package chat.jovial.contract.ums;

import chat.jovial.contract.Request;

/** Whether an app has that user, active. */
public record CheckUserExists(String appId, String userId) implements Request {}

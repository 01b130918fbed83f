package chat.jovial.contract.ums;

import chat.jovial.contract.Broadcast;

/**
 * A device session that has ended.
 *
 * @param reason one of logged_out, revoked, refresh_reused
 */
public record SessionEnded(String sessionId, String userId, String reason) implements Broadcast {}

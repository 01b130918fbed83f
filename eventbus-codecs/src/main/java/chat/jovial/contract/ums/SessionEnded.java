package chat.jovial.contract.ums;

import chat.jovial.contract.Broadcast;
import chat.jovial.contract.WireName;

/**
 * A device session that has ended.
 *
 * @param reason one of logged_out, revoked, refresh_reused
 */
@WireName("SessionEnded")
public record SessionEnded(String sessionId, String userId, String reason) implements Broadcast {}

package chat.jovial.contract.ums;

import chat.jovial.contract.Doc;
import org.jspecify.annotations.Nullable;

public record FoundUser(
    String userId,
    @Nullable String username,
    @Doc("Only what others may see: the name.") @Nullable Profile profile) {}

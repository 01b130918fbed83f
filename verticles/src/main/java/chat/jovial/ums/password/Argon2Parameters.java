package chat.jovial.ums.password;

/** What an Argon2id hash costs (RFC 9106): memory in KiB, passes over it, lanes. */
public record Argon2Parameters(int memoryKib, int iterations, int parallelism) {}

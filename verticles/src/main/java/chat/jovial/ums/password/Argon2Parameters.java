package chat.jovial.ums.password;

/** Cost of an Argon2id hash (RFC 9106): memory in KiB, passes over it, lanes. */
public record Argon2Parameters(int memoryKib, int iterations, int parallelism) {}

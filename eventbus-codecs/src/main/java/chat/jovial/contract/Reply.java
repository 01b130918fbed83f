package chat.jovial.contract;

/** What an operation answers: an immutable record. */
public interface Reply {}

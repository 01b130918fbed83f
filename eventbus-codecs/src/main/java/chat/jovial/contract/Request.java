package chat.jovial.contract;

/** What an operation is asked with: an immutable record that checks itself when it is made. */
public interface Request {}

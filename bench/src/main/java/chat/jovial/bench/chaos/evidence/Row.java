package chat.jovial.bench.chaos.evidence;

/** An entry as some place holds it: which message has this number. */
public record Row(long seq, long key) {}

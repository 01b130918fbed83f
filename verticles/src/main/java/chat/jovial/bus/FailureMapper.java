package chat.jovial.bus;

/** Mapper of a service's own failures to those that its callers receive. */
@FunctionalInterface
public interface FailureMapper {
  /** Leaves each failure as it is. */
  FailureMapper NONE = failure -> failure;

  Throwable map(Throwable failure);
}

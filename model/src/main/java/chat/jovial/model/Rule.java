package chat.jovial.model;

/** A rule that a model follows unless it is left out. */
public interface Rule {
  /** The constant's name. */
  String name();

  String says();

  /** Where the product follows it: class.method. */
  String code();
}

package chat.jovial.model.explore;

import java.util.EnumSet;
import java.util.Set;

/** Rule that a model follows unless it is left out. */
public interface Rule {
  /** The constant's name. */
  String name();

  String says();

  /** Where the product follows it: class.method. */
  String code();

  /** The rules of a model with these names; refuses a name that no rule has. */
  static <R extends Enum<R>> EnumSet<R> named(Class<R> type, Set<String> names) {
    EnumSet<R> rules = EnumSet.noneOf(type);
    names.forEach(name -> rules.add(Enum.valueOf(type, name)));
    return rules;
  }
}

package chat.jovial.terminal;

/**
 * Arguments of a command: a first word, which may be quoted or have spaces behind backslashes as in
 * a shell, and all that follows it.
 */
record Arguments(String first, String rest) {
  static Arguments of(String typed) {
    String line = typed.strip();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    int at = 0;
    for (; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\' && quote != '\'' && at + 1 < line.length()) {
        word.append(line.charAt(++at));
      } else if (quote != 0 ? c == quote : word.isEmpty() && (c == '"' || c == '\'')) {
        quote = quote == 0 ? c : 0;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        break;
      } else {
        word.append(c);
      }
    }
    return new Arguments(word.toString(), line.substring(at).strip());
  }
}

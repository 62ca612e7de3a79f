fetch(`http://127.0.0.1:${process.env.PORT}`).then(
  () => process.exit(0),
  () => process.exit(1),
);

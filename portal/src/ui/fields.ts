// What fields look like. Not part of the first load: whatever holds a field imports this. Mantine's rules lie in a layer below ours, so that the order in which files arrive decides nothing.
import "@mantine/core/styles/Input.layer.css";
import "@mantine/core/styles/Group.layer.css";
import "./fields.css";
